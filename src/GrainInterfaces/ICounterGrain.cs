using Orleans.Concurrency;

namespace CustomerGrains.GrainInterfaces;

/// <summary>What is counted over all customers. Stateless: any silo serves any call.</summary>
/// <remarks>Throws <see cref="TryAgainException"/> when the database does not answer.</remarks>
[Alias("cg.ICounterGrain")]
public interface ICounterGrain : IGrainWithIntegerKey
{
    /// <summary>Answers a <see cref="CounterList"/>, newest day first, both ends included.
    /// Refusals: InvalidMember.</summary>
    /// <param name="from"><c>YYYY-MM-DD</c>, UTC; null: 30 days up to <paramref name="to"/>.
    /// </param>
    /// <param name="to"><c>YYYY-MM-DD</c>, UTC; null: today.</param>
    [AlwaysInterleave, Alias("GetCounters")]
    Task<Reply> GetCounters(string? from, string? to);

    /// <summary>Answers a <see cref="SegmentList"/>, seconds old at most.</summary>
    [AlwaysInterleave, Alias("GetSegments")]
    Task<Reply> GetSegments();
}
