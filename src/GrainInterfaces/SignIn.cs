using System.Collections.Immutable;

namespace CustomerGrains.GrainInterfaces;

/// <summary>Sign-up, sign-in and tokens. Stateless: any silo serves any call; what must be counted
/// is counted in the database before the answer.</summary>
[Alias("cg.ISignInGrain")]
public interface ISignInGrain : IGrainWithIntegerKey
{
    /// <summary>Sends a code to a contact. Answers <see cref="SignInReply.Challenge"/>, the same
    /// whether or not the contact is known. Refusals: InvalidMember, OtpCooldown,
    /// OtpSendLimit.</summary>
    [Alias("Start")]
    Task<SignInReply> Start(string? channel, string? contact);

    /// <summary>Proves a challenge and signs the contact's owner in, or up. Answers
    /// <see cref="SignInReply.Tokens"/>. Refusals: OtpUnknown, OtpUsed, OtpExpired,
    /// OtpAttemptsExhausted, OtpDelayed, OtpWrong, AccountBlocked, AccountSuspended. A wrong try
    /// is durable before the answer; a barred owner's code is spent.</summary>
    [Alias("Complete")]
    Task<SignInReply> Complete(Guid challengeId, string code);

    /// <summary>Creates a guest. Answers <see cref="SignInReply.Tokens"/>.</summary>
    [Alias("CreateGuest")]
    Task<SignInReply> CreateGuest();

    /// <summary>Exchanges a refresh token for a new pair. Refusals: RefreshTokenInvalid,
    /// AccountBlocked, AccountSuspended (the token stays good). Showing one that was exchanged
    /// before revokes all of its family.</summary>
    [Alias("Refresh")]
    Task<SignInReply> Refresh(string refreshToken);

    /// <summary>Revokes the token's family. An unknown token is not an error.</summary>
    [Alias("SignOut")]
    Task SignOut(string refreshToken);

    /// <summary>The public halves of the token signing keys as a JWK set (RFC 7517), UTF-8
    /// JSON.</summary>
    [Alias("GetKeySet")]
    Task<byte[]> GetKeySet();
}

[GenerateSerializer, Immutable, Alias("cg.SignInReply")]
public sealed record SignInReply
{
    [Id(0)] public required ReplyCode Code { get; init; }
    [Id(1)] public SignInChallenge? Challenge { get; init; }
    [Id(2)] public SignInTokens? Tokens { get; init; }

    /// <summary>Tries left with this code, with OtpWrong.</summary>
    [Id(3)] public int? AttemptsLeft { get; init; }

    /// <summary>How long to wait before the same call can succeed, with OtpCooldown, OtpSendLimit
    /// and OtpDelayed.</summary>
    [Id(4)] public TimeSpan? RetryAfter { get; init; }

    [Id(5)] public ImmutableArray<MemberError> Errors { get; init; } = [];

    /// <summary>What the customer is told, with AccountBlocked and AccountSuspended.</summary>
    [Id(6)] public string? PublicReason { get; init; }
}

/// <param name="ExpiresAt">UTC; the code is not accepted later.</param>
/// <param name="ResendAfter">UTC; the next code to this contact can be asked for then.</param>
[GenerateSerializer, Immutable, Alias("cg.SignInChallenge")]
public sealed record SignInChallenge(
    [property: Id(0)] Guid ChallengeId,
    [property: Id(1)] DateTime ExpiresAt,
    [property: Id(2)] DateTime ResendAfter);

/// <param name="AccessToken">JWT, ES256.</param>
/// <param name="ExpiresIn">Seconds until the access token expires.</param>
/// <param name="RefreshToken">Opaque, for one exchange.</param>
/// <param name="Created">True when this call signed the customer up.</param>
[GenerateSerializer, Immutable, Alias("cg.SignInTokens")]
public sealed record SignInTokens(
    [property: Id(0)] string AccessToken,
    [property: Id(1)] int ExpiresIn,
    [property: Id(2)] string RefreshToken,
    [property: Id(3)] Guid CustomerId,
    [property: Id(4)] bool Created);
