using CustomerGrains.Api.Documents;
using CustomerGrains.Api.Problems;
using CustomerGrains.Api.Replies;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Endpoints;

/// <summary>A developer's helpers. Outside Development they are not mapped at all.</summary>
internal static class DevelopmentEndpoints
{
    public static void MapDevelopment(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment()) return;
        var group = app.MapGroup("/dev").AllowAnonymous().WithTags("Development");
        group.MapPost("/token", IssueToken).Documented(Operations.IssueToken);
        group.MapGet("/messages", GetMessages).Documented(Operations.GetMessages);
    }

    private static Task<IResult> IssueToken(HttpContext http, OpenCalls calls) =>
        calls.Run(http, DevelopmentShapes.Token, async (grains, draft) =>
        {
            var token = await grains.GetGrain<IDevelopmentGrain>(0)
                .IssueToken(draft.Role, draft.Subject, draft.BranchId);
            return Answer.Fresh(
                http, new AccessTokenView(token), ApiJson.Default.AccessTokenView);
        });

    private static async Task<IResult> GetMessages(HttpContext http, IGrainFactory grains)
    {
        if (http.Request.Query["to"] is not [{ Length: > 0 } contact])
            return Problem.Of(ProblemKinds.InvalidMember, "to", "Required, once.");
        var messages = await grains.GetGrain<IDevelopmentGrain>(0).GetMessages(contact);
        return Answer.Fresh(
            http, new MessageList([.. messages.Select(MessageView.Of)]),
            ApiJson.Default.MessageList);
    }
}
