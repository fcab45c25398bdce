using CustomerGrains.Api.Auth;
using CustomerGrains.Api.Documents;
using CustomerGrains.Api.Hosting;
using CustomerGrains.Api.Problems;
using CustomerGrains.Api.Replies;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace CustomerGrains.Api.Endpoints;

/// <summary>Administrators bring customers of another system.</summary>
internal static class ImportEndpoints
{
    public static void MapImports(this WebApplication app)
    {
        var imports = app.MapGroup("/api/admin/imports")
            .RequireAuthorization(RolePolicies.Admin)
            .NeedsRole("uta")
            .WithTags("Imports");
        var options = app.Services.GetRequiredService<IOptions<ApiOptions>>().Value;
        imports.MapPost("", Start)
            .WithMetadata(new LongBody(options.ImportBytesMax))
            .Documented(ImportOperations.Start);
        imports.MapGet("/{id:guid}", Get).Documented(ImportOperations.Get);
    }

    private static async Task<IResult> Start(
        HttpContext http, CustomerCalls calls, IGrainFactory grains)
    {
        if (CommandHeaders.Read(http.Request, out var headers) is { } badHeader) return badHeader;
        if (!ContentTypes.AreLines(http.Request))
            return new Problem(ProblemKinds.UnsupportedMediaType);

        var caller = CustomerCalls.CallerOf(http);
        var import = grains.GetGrain<IImportGrain>(
            calls.ContextOf(http, headers, body: []).CommandId);
        using var chunks = new LineChunks(http.Request.BodyReader);
        while (await chunks.Next(http.RequestAborted) is { } lines) await import.Add(lines, caller);

        var context = calls.ContextOf(http, headers, chunks.Hash());
        var reply = await import.Start(context.Key, caller);
        return reply.Code is ReplyCode.Ok
            ? new FreshReply(reply, StatusCodes.Status202Accepted)
            : Refusals.Of(reply);
    }

    private static Task<IResult> Get(Guid id, IGrainFactory grains) =>
        HistoryEndpoints.Answer(() => grains.GetGrain<IImportGrain>(id).Get());

    /// <summary>A body that is read in pieces, and may be longer than others.</summary>
    private sealed record LongBody(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
