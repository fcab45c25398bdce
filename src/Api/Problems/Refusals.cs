using System.Diagnostics;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Problems;

/// <summary>The one place where a grain's refusal becomes an HTTP answer.</summary>
internal static class Refusals
{
    /// <summary>A new code does not compile until it has a line here (CS8509).</summary>
    public static ProblemKind KindOf(ReplyCode code) => code switch
    {
        ReplyCode.Ok or ReplyCode.Created =>
            throw new UnreachableException("Success is not a refusal."),
        ReplyCode.InvalidMember => ProblemKinds.InvalidMember,
        ReplyCode.CustomerUnknown => ProblemKinds.TokenInvalid,
        ReplyCode.TokenRevoked => ProblemKinds.TokenInvalid,
        ReplyCode.IdempotencyKeyReused => ProblemKinds.IdempotencyKeyReused,
        ReplyCode.AddressUnknown => ProblemKinds.NotFound,
        ReplyCode.VersionMismatch => ProblemKinds.VersionMismatch,
        ReplyCode.MediaUnknown => ProblemKinds.MediaUnknown,
        ReplyCode.AddressLimit => ProblemKinds.AddressLimit,
        ReplyCode.MediaLimit => ProblemKinds.MediaLimit,
        ReplyCode.ContactTaken => ProblemKinds.ContactTaken,
        // Two sign-ups of one contact met; the next try finds the customer.
        ReplyCode.CustomerExists => ProblemKinds.TryAgain,
        ReplyCode.OtpCooldown => ProblemKinds.OtpCooldown,
        ReplyCode.OtpSendLimit => ProblemKinds.OtpSendLimit,
        ReplyCode.OtpUnknown => ProblemKinds.NotFound,
        ReplyCode.OtpUsed => ProblemKinds.OtpUsed,
        ReplyCode.OtpExpired => ProblemKinds.OtpExpired,
        ReplyCode.OtpAttemptsExhausted => ProblemKinds.OtpAttemptsExhausted,
        ReplyCode.OtpDelayed => ProblemKinds.OtpDelayed,
        ReplyCode.OtpWrong => ProblemKinds.OtpWrong,
        ReplyCode.ErasureUnknown => ProblemKinds.ErasureUnknown,
        ReplyCode.ExportUnknown => ProblemKinds.NotFound,
        ReplyCode.ExportLimit => ProblemKinds.ExportLimit,
        ReplyCode.OrderCustomerUnknown => ProblemKinds.CustomerUnknown,
        ReplyCode.OrderUnknown => ProblemKinds.NotFound,
        ReplyCode.AccountBlocked => ProblemKinds.AccountBlocked,
        ReplyCode.AccountSuspended => ProblemKinds.AccountSuspended,
        ReplyCode.OrderExists => ProblemKinds.OrderExists,
        ReplyCode.OrderAddressUnknown => ProblemKinds.AddressUnknown,
        ReplyCode.ContactMissing => ProblemKinds.ContactMissing,
        ReplyCode.AgeUnknown => ProblemKinds.AgeUnknown,
        ReplyCode.Underage => ProblemKinds.Underage,
        ReplyCode.OrderLimit => ProblemKinds.OrderLimit,
        ReplyCode.IllegalTransition => ProblemKinds.IllegalTransition,
        ReplyCode.ContactVersionUnknown => ProblemKinds.ContactVersionUnknown,
        ReplyCode.AddressInActiveOrder => ProblemKinds.AddressInActiveOrder,
        ReplyCode.CustomerNotFound => ProblemKinds.NotFound,
        ReplyCode.PurposeRequired => ProblemKinds.PurposeRequired,
        ReplyCode.ImportUnknown => ProblemKinds.NotFound,
        ReplyCode.RefreshTokenInvalid => ProblemKinds.RefreshTokenInvalid,
        ReplyCode.ContactUnchanged => ProblemKinds.ContactUnchanged,
        ReplyCode.ChangeFrozen => ProblemKinds.ChangeFrozen,
        ReplyCode.ActiveOrderConflict => ProblemKinds.ActiveOrderConflict,
        ReplyCode.FailureBudgetSpent => ProblemKinds.OtpAttemptsExhausted,
        ReplyCode.ContactReserved => ProblemKinds.ContactReserved,
        ReplyCode.UndoOver => ProblemKinds.UndoOver,
        ReplyCode.AccountMerging => ProblemKinds.AccountMerging,
        ReplyCode.MergeUnknown => ProblemKinds.NotFound,
        ReplyCode.MergeBlocked => ProblemKinds.MergeBlocked,
        ReplyCode.MergeNotDone => ProblemKinds.MergeNotDone,
        // Two sides of a merge met while one had moved on; the next try finds both.
        ReplyCode.MergeOutOfStep => ProblemKinds.TryAgain,
    };

    public static Problem Of(Reply reply) => new(KindOf(reply.Code))
    {
        Errors = reply.Errors,
        AttemptsLeft = reply.AttemptsLeft,
        RetryAfter = reply.RetryAfter,
        ActiveOrders = reply.ActiveOrders,
        Blockers = reply.Blockers,
        PublicReason = reply.PublicReason,
        FirstTraceId = reply.TraceId,
        IsReplay = reply.Replayed,
    };

    public static Problem Of(SignInReply reply) => new(KindOf(reply.Code))
    {
        Errors = reply.Errors,
        AttemptsLeft = reply.AttemptsLeft,
        RetryAfter = reply.RetryAfter,
        PublicReason = reply.PublicReason,
    };
}
