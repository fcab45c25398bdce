using Orleans.Concurrency;

namespace CustomerGrains.GrainInterfaces;

/// <summary>What was recorded about a customer: what changed, and who looked. Stateless: any silo
/// serves any call, without waking the customer.</summary>
/// <remarks>Throws <see cref="TryAgainException"/> when the database does not answer.</remarks>
[Alias("cg.IHistoryGrain")]
public interface IHistoryGrain : IGrainWithIntegerKey
{
    /// <summary>Answers a <see cref="HistoryList"/> of the caller, without the ids of others.
    /// Refusals: those of the caller's token, InvalidMember.</summary>
    [AlwaysInterleave, Alias("GetOwnHistory")]
    Task<Reply> GetOwnHistory(HistoryQuery query, Caller customer);

    /// <summary>Answers a <see cref="HistoryList"/>, written to the access log before. Refusals:
    /// InvalidMember, CustomerNotFound.</summary>
    [AlwaysInterleave, Alias("GetHistory")]
    Task<Reply> GetHistory(Guid customerId, HistoryQuery query, Caller admin);

    /// <summary>Answers an <see cref="AccessLogList"/> of the caller, without the ids of those who
    /// looked. Refusals: those of the caller's token, InvalidMember.</summary>
    [AlwaysInterleave, Alias("GetOwnAccessLog")]
    Task<Reply> GetOwnAccessLog(PageRequest page, Caller customer);

    /// <summary>Answers an <see cref="AccessLogList"/>. Holds nothing of the customer's own and is
    /// not logged itself. Refusals: InvalidMember, CustomerNotFound.</summary>
    [AlwaysInterleave, Alias("GetAccessLog")]
    Task<Reply> GetAccessLog(Guid customerId, PageRequest page);
}

/// <summary>Which part of a history; values are checked by the grain.</summary>
/// <param name="Kind">Of events; null: all.</param>
/// <param name="From">RFC 3339, included; null: from the beginning.</param>
/// <param name="To">RFC 3339, not included; null: to the end.</param>
[GenerateSerializer, Immutable, Alias("cg.HistoryQuery")]
public sealed record HistoryQuery(
    [property: Id(0)] string? Kind,
    [property: Id(1)] string? From,
    [property: Id(2)] string? To,
    [property: Id(3)] PageRequest Page);
