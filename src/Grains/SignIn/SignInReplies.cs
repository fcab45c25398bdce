using CustomerGrains.Domain.SignIn;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.SignIn;

namespace CustomerGrains.Grains.SignIn;

/// <summary>Outcomes as the contract names them.</summary>
internal static class SignInReplies
{
    public static SignInReply Reply(this StartOutcome outcome) => outcome switch
    {
        StartOutcome.Started s => new SignInReply
        {
            Code = ReplyCode.Ok,
            Challenge = new SignInChallenge(
                s.ChallengeId, s.ExpiresAt.UtcDateTime, s.ResendAfter.UtcDateTime),
        },
        StartOutcome.Refused { Verdict: SendVerdict.CoolingDown v } =>
            Wait(ReplyCode.OtpCooldown, v.RetryAfter),
        StartOutcome.Refused { Verdict: SendVerdict.LimitReached v } =>
            Wait(ReplyCode.OtpSendLimit, v.RetryAfter),
        _ => throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}."),
    };

    public static SignInReply Reply(this CodeVerdict verdict) => verdict switch
    {
        CodeVerdict.Used => Refused(ReplyCode.OtpUsed),
        CodeVerdict.Expired => Refused(ReplyCode.OtpExpired),
        CodeVerdict.Exhausted => Refused(ReplyCode.OtpAttemptsExhausted),
        CodeVerdict.Delayed v => Wait(ReplyCode.OtpDelayed, v.RetryAfter),
        CodeVerdict.Wrong v => new SignInReply
        {
            Code = ReplyCode.OtpWrong,
            AttemptsLeft = v.AttemptsLeft,
        },
        _ => throw new InvalidOperationException($"Not a refusal: {verdict.GetType().Name}."),
    };

    public static SignInReply Invalid(MemberError error) =>
        new() { Code = ReplyCode.InvalidMember, Errors = [error] };

    public static SignInReply Refused(ReplyCode code, string? publicReason = null) =>
        new() { Code = code, PublicReason = publicReason };

    private static SignInReply Wait(ReplyCode code, TimeSpan retryAfter) =>
        new() { Code = code, RetryAfter = retryAfter };
}
