using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Replies;

/// <summary>Answer to a sign-in start.</summary>
internal sealed record ChallengeView(Guid ChallengeId, DateTime ExpiresAt, DateTime ResendAfter)
{
    public static ChallengeView Of(SignInChallenge challenge) => new(
        challenge.ChallengeId,
        DateTime.SpecifyKind(challenge.ExpiresAt, DateTimeKind.Utc),
        DateTime.SpecifyKind(challenge.ResendAfter, DateTimeKind.Utc));
}

/// <summary>A pair of tokens.</summary>
internal sealed record TokensView(
    string AccessToken,
    string TokenType,
    int ExpiresIn,
    string RefreshToken,
    Guid CustomerId,
    bool Created)
{
    public static TokensView Of(SignInTokens tokens) => new(
        tokens.AccessToken, "Bearer", tokens.ExpiresIn, tokens.RefreshToken, tokens.CustomerId,
        tokens.Created);
}

/// <summary>A JWK set (RFC 7517), for the document; the silos render it.</summary>
internal sealed record KeySetView(IReadOnlyList<KeyView> Keys);

internal sealed record KeyView(
    string Kty, string Use, string Alg, string Kid, string Crv, string X, string Y);
