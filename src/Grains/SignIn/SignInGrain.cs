using CustomerGrains.Domain.SignIn;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Contacts;
using CustomerGrains.Storage.SignIn;
using CustomerGrains.Storage.Tokens;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace CustomerGrains.Grains.SignIn;

/// <summary>Sign-in, sign-up and tokens. Holds nothing: what counts is counted in the
/// database.</summary>
[StatelessWorker, Reentrant, GrainType("sign-in")]
internal sealed class SignInGrain(
    ChallengeStore challenges,
    RefreshTokenStore refreshTokens,
    CustomerDoor door,
    TokenIssuer issuer,
    SigningKeys keys,
    ILogger<SignInGrain> log) : Grain, ISignInGrain
{
    private const string CustomerRole = "utc";

    public async Task<SignInReply> Start(string? channel, string? contact)
    {
        var parsed = ContactParser.Parse(channel, contact, "contact");
        if (parsed.Contact is not { } known)
            return SignInReplies.Invalid(parsed.Error!.Value);
        return (await Infrastructure.Guard(log, () => challenges.Start(known))).Reply();
    }

    public async Task<SignInReply> Complete(Guid challengeId, string code)
    {
        var reply = await Prove(challengeId, code);
        CodeInstruments.Shown(CodePurpose.SignIn, reply.Code);
        return reply;
    }

    private async Task<SignInReply> Prove(Guid challengeId, string code) =>
        await Infrastructure.Guard(log, () => challenges.Prove(challengeId, code)) switch
        {
            ProofOutcome.Unknown => SignInReplies.Refused(ReplyCode.OtpUnknown),
            ProofOutcome.Refused refused => refused.Verdict.Reply(),
            ProofOutcome.Proved proof => await Enter(challengeId, proof),
            var other => throw new InvalidOperationException($"Unknown: {other.GetType().Name}."),
        };

    public Task<SignInReply> CreateGuest() =>
        Infrastructure.Guard(log, async () => await Tokens(await door.EnterAsGuest()));

    public async Task<SignInReply> Refresh(string refreshToken)
    {
        var exchanged = await Infrastructure.Guard(log, () => refreshTokens.Exchange(refreshToken));
        if (exchanged is null) return SignInReplies.Refused(ReplyCode.RefreshTokenInvalid);
        return exchanged.Token is { } token
            ? Reply(exchanged.CustomerId, token, created: false)
            : await Barred(exchanged.CustomerId);
    }

    public Task SignOut(string refreshToken) => Infrastructure.Guard(log, async () =>
    {
        await refreshTokens.Revoke(refreshToken);
        return true;
    });

    public Task<byte[]> GetKeySet() => Task.FromResult(keys.KeySet);

    private async Task<SignInReply> Enter(Guid challengeId, ProofOutcome.Proved proof)
    {
        try
        {
            return await Infrastructure.Guard(
                log, async () => await Tokens(await door.Enter(proof.Contact)));
        }
        catch (TryAgainException)
        {
            // "Try again" must be true: the code that was spent for nothing becomes good again. If
            // the database is away now, the person asks for a new code.
            await Infrastructure.Guard(log, async () =>
            {
                await challenges.Release(challengeId, proof);
                return true;
            });
            throw;
        }
    }

    private async Task<SignInReply> Tokens(Entered entered) => entered.Code == ReplyCode.Ok
        ? Reply(entered.CustomerId, await refreshTokens.Issue(entered.CustomerId), entered.Created)
        : SignInReplies.Refused(entered.Code, entered.PublicReason);

    /// <summary>What the customer is told, which only the customer's own grain can read.</summary>
    private async Task<SignInReply> Barred(Guid customerId)
    {
        var standing = await Infrastructure.Guard(log, () =>
            GrainFactory.GetGrain<ICustomerGrain>(customerId).GetStanding().AsTask());
        if (standing.Code == ReplyCode.CustomerUnknown)
            return SignInReplies.Refused(ReplyCode.RefreshTokenInvalid);
        return standing.Code == ReplyCode.Ok
            ? throw new TryAgainException("The bar was lifted just now.")
            : SignInReplies.Refused(standing.Code, standing.PublicReason);
    }

    private SignInReply Reply(Guid customerId, string refreshToken, bool created) => new()
    {
        Code = ReplyCode.Ok,
        Tokens = new SignInTokens(
            issuer.Issue(customerId, CustomerRole),
            issuer.ExpiresIn,
            refreshToken,
            customerId,
            created),
    };
}
