using System.Collections.Immutable;
using System.Text.Json;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Policies;

namespace CustomerGrains.Grains.Orders;

/// <summary>The minimum ages as this silo knows them.</summary>
internal sealed class AgePolicy(PolicyStore store, TimeProvider time)
{
    public const string Name = "category-ages";

    /// <summary>How long a change may take to be noticed here: short enough for an administrator
    /// who waits, long enough that a silo asks once for thousands of orders.</summary>
    private static readonly TimeSpan StalenessMax = TimeSpan.FromSeconds(2);

    private volatile Load? _load;

    /// <exception cref="Npgsql.NpgsqlException">The database did not answer.</exception>
    public Task<CategoryAges> Current()
    {
        var load = _load;
        if (load is null
            || load.Ages is { IsCompleted: true, IsCompletedSuccessfully: false }
            || time.GetElapsedTime(load.StartedAt) >= StalenessMax)
            _load = load = new Load(Read(), time.GetTimestamp());
        return load.Ages;
    }

    /// <summary>Reads again at the next question.</summary>
    public void Forget() => _load = null;

    public static ImmutableSortedDictionary<string, int> Parse(string document) =>
        JsonSerializer.Deserialize<Dictionary<string, int>>(document)!
            .ToImmutableSortedDictionary(StringComparer.Ordinal);

    private async Task<CategoryAges> Read()
    {
        // Shared by callers on different schedulers, so on none of theirs.
        var policy = await store.Find(Name).ConfigureAwait(false)
            ?? throw new InvalidOperationException("The database lacks the policy of ages.");
        return new CategoryAges(Parse(policy.Document));
    }

    private sealed record Load(Task<CategoryAges> Ages, long StartedAt);
}
