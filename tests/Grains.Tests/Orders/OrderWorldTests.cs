using CustomerGrains.Tests.Support;
using Xunit;

namespace CustomerGrains.Grains.Tests.Orders;

/// <summary>Tests that each have a silo with customers who order.</summary>
public abstract class OrderWorldTests(PostgresFixture postgres) : IAsyncLifetime
{
    private protected OrderWorld World { get; private set; } = null!;

    public async ValueTask InitializeAsync() => World = await OrderWorld.Create(postgres);

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
