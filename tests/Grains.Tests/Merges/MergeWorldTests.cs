using CustomerGrains.Grains.Customers;
using CustomerGrains.Tests.Support;
using Xunit;

namespace CustomerGrains.Grains.Tests.Merges;

/// <summary>Tests that each have a silo with pairs of customers who are one person.</summary>
public abstract class MergeWorldTests(PostgresFixture postgres) : IAsyncLifetime
{
    /// <summary>Between the wish to be forgotten and its end.</summary>
    protected static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    private protected MergeWorld World { get; private set; } = null!;

    public async ValueTask InitializeAsync() => World = await MergeWorld.Start(postgres);

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected async Task<(Pair Pair, Guid Merge)> Merged()
    {
        var pair = await World.NewPair();
        var merge = await World.Begin(pair);
        await World.Ends(merge, "merged");
        return (pair, merge);
    }

    /// <summary>Carries out the erasures that are due.</summary>
    /// <returns>How many.</returns>
    protected Task<int> RunErasures() =>
        World.Silo.Service<DueCommands>().Erase(TestContext.Current.CancellationToken);
}
