using System.Collections.Immutable;

namespace CustomerGrains.GrainInterfaces;

/// <summary>What a customer's grain answers to a command or query.</summary>
/// <remarks>The body is rendered once, in the silo, so that the stored reply of an idempotent
/// request is the first answer byte for byte and the front end copies it without parsing.</remarks>
[GenerateSerializer, Immutable, Alias("cg.Reply")]
public sealed record Reply
{
    /// <summary><see cref="ReplyCode.Ok"/> or the refusal.</summary>
    [Id(0)] public required ReplyCode Code { get; init; }

    /// <summary>The customer's version after the command, or as read; the <c>ETag</c>. 0 when
    /// refused.</summary>
    [Id(1)] public long Version { get; init; }

    /// <summary>UTF-8 JSON of the answer; empty when refused or when the answer has no body.
    /// Never written to by a receiver: it may be shared.</summary>
    [Id(2)] public byte[] Body { get; init; } = [];

    /// <summary>True when this is the stored answer of an earlier request under the same
    /// key.</summary>
    [Id(3)] public bool Replayed { get; init; }

    /// <summary>With <see cref="ReplyCode.InvalidMember"/>: what is wrong, member by
    /// member.</summary>
    [Id(4)] public ImmutableArray<MemberError> Errors { get; init; } = [];

    /// <summary>With <see cref="ReplyCode.OtpWrong"/>: tries left with the code.</summary>
    [Id(5)] public int? AttemptsLeft { get; init; }

    /// <summary>How long until the same request can succeed, where that is known.</summary>
    [Id(6)] public TimeSpan? RetryAfter { get; init; }

    /// <summary>The orders that stand in the way of an unconfirmed change.</summary>
    [Id(7)] public ImmutableArray<Guid> ActiveOrders { get; init; } = [];

    /// <summary>With a replayed refusal: the trace id of the first one.</summary>
    [Id(8)] public string? TraceId { get; init; }

    /// <summary>With <see cref="ReplyCode.AccountBlocked"/> and
    /// <see cref="ReplyCode.AccountSuspended"/>: what the customer is told; null when the
    /// administrator gave no reason.</summary>
    [Id(9)] public string? PublicReason { get; init; }

    /// <summary>With <see cref="ReplyCode.MergeBlocked"/>: what stands in the way, in order of
    /// precedence.</summary>
    [Id(40)] public ImmutableArray<MergeBlockerView> Blockers { get; init; } = [];

    public static Reply Refused(ReplyCode code) => new() { Code = code };
}

/// <summary>One thing wrong with one member of a request.</summary>
/// <param name="Member">Its name in the API (snake_case).</param>
/// <param name="Message">A sentence for a developer; never repeats the value.</param>
[GenerateSerializer, Immutable, Alias("cg.MemberError")]
public readonly record struct MemberError(
    [property: Id(0)] string Member,
    [property: Id(1)] string Message);
