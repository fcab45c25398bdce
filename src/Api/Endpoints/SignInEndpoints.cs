using CustomerGrains.Api.Auth;
using CustomerGrains.Api.Documents;
using CustomerGrains.Api.Problems;
using CustomerGrains.Api.RateLimits;
using CustomerGrains.Api.Replies;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Endpoints;

/// <summary>Sign-up, sign-in and tokens; open to everybody.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this WebApplication app)
    {
        var group = app.MapGroup("/api/auth").AllowAnonymous().WithTags("Sign-in");

        group.MapPost("/otp", Start)
            .RequireRateLimiting(LimitNames.SignInStarts)
            .Documented(Operations.StartSignIn);
        group.MapPost("/token", Complete).Documented(Operations.CompleteSignIn);
        group.MapPost("/refresh", Refresh).Documented(Operations.Refresh);
        group.MapPost("/sign-out", SignOut).Documented(Operations.SignOut);
        group.MapPost("/guest", CreateGuest)
            .RequireRateLimiting(LimitNames.Guests)
            .Documented(Operations.CreateGuest);

        app.MapGet("/.well-known/jwks.json", GetKeySet)
            .AllowAnonymous()
            .WithTags("Sign-in")
            .Documented(Operations.GetKeySet);
    }

    private static Task<IResult> Start(HttpContext http, OpenCalls calls) =>
        calls.Run(http, SignInShapes.Start, async (grains, start) =>
        {
            var reply = await SignIn(grains).Start(start.Channel, start.Contact);
            return reply.Challenge is { } challenge
                ? Answer.Fresh(
                    http, ChallengeView.Of(challenge), ApiJson.Default.ChallengeView, 202)
                : Refusals.Of(reply);
        });

    private static Task<IResult> Complete(HttpContext http, OpenCalls calls) =>
        calls.Run(http, SignInShapes.Proof, async (grains, proof) =>
            TokensOf(http, await SignIn(grains).Complete(proof.ChallengeId, proof.Code), 200));

    private static Task<IResult> Refresh(HttpContext http, OpenCalls calls) =>
        calls.Run(http, SignInShapes.RefreshToken, async (grains, token) =>
            TokensOf(http, await SignIn(grains).Refresh(token), 200));

    private static Task<IResult> CreateGuest(HttpContext http, OpenCalls calls) =>
        calls.Run(http, SignInShapes.Nothing, async (grains, _) =>
            TokensOf(http, await SignIn(grains).CreateGuest(), 201));

    private static Task<IResult> SignOut(HttpContext http, OpenCalls calls) =>
        calls.Run(http, SignInShapes.RefreshToken, async (grains, token) =>
        {
            await SignIn(grains).SignOut(token);
            return Results.NoContent();
        });

    private static async Task<IResult> GetKeySet(SigningKeys keys) =>
        Results.Bytes(await keys.GetDocument(), ContentTypes.Json);

    /// <summary>Stateless: which one does not matter.</summary>
    private static ISignInGrain SignIn(IGrainFactory grains) => grains.GetGrain<ISignInGrain>(0);

    private static IResult TokensOf(HttpContext http, SignInReply reply, int status) =>
        reply.Tokens is { } tokens
            ? Answer.Fresh(http, TokensView.Of(tokens), ApiJson.Default.TokensView, status)
            : Refusals.Of(reply);
}
