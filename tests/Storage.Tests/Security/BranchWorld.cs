using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Branches;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Tests.Customers;
using CustomerGrains.Tests.Support;
using Npgsql;

namespace CustomerGrains.Storage.Tests.Security;

/// <summary>Two branches, each with an order of a customer of its own.</summary>
internal sealed class BranchWorld : IAsyncDisposable
{
    public const string OwnName = "Anna Own";
    public const string ForeignName = "Bertha Foreign";

    private readonly StoreHarness _harness;
    private readonly CustomerDatabase _database;
    private readonly BranchDatabase _branches;

    private BranchWorld(StoreHarness harness)
    {
        _harness = harness;
        _database = new CustomerDatabase(harness.Database.Service);
        _branches = new BranchDatabase(harness.Database.Branch);
        Store = new BranchStore(_database, _branches, harness.Keys, TimeProvider.System);
    }

    public StoreHarness Harness => _harness;

    public TestDatabase Database => _harness.Database;

    public BranchStore Store { get; }

    public NpgsqlDataSource Connections => _branches.Connections;

    public BranchReader Own { get; } = new(Guid.CreateVersion7(), Guid.NewGuid());

    public BranchReader Foreign { get; } = new(Guid.CreateVersion7(), Guid.NewGuid());

    public Guid OwnOrder { get; private set; }

    public Guid ForeignOrder { get; private set; }

    public Guid ForeignCustomer { get; private set; }

    public static async Task<BranchWorld> Create(PostgresFixture postgres)
    {
        var world = new BranchWorld(await StoreHarness.Create(postgres));
        (_, world.OwnOrder) = await world.Order(world.Own.BranchId, OwnName, "+4915100000001");
        (world.ForeignCustomer, world.ForeignOrder) =
            await world.Order(world.Foreign.BranchId, ForeignName, "+4915100000002");
        return world;
    }

    public async Task<(Guid Customer, Guid Order)> Order(Guid branch, string name, string? phone)
    {
        var customer = await _harness.SignUp(phone);
        customer = await _harness.Commit(
            customer, new CustomerCommand.EditProfile { Name = new(name) });
        var order = Guid.CreateVersion7();
        await _harness.Commit(customer, new CustomerCommand.PlaceOrder(order)
        {
            BranchId = branch,
            Total = 1.00m,
            PlacedAt = StoreHarness.Now(),
            Fingerprint = new string('0', 64),
            Contact = phone is null ? new(null, "+49222") : null,
        });
        return (customer.Customer.Id, order);
    }

    /// <summary>As the service gets it.</summary>
    public async Task<string> PassOf(BranchReader reader, string role = "utb")
    {
        await using var command = Database.AsService.CreateCommand(
            $"SELECT issue_context('{role}', '{reader.UserId}', '{reader.BranchId}')");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>What a silo sends first on a branch's connection.</summary>
    public static string Enter(BranchReader reader, string pass) =>
        "SELECT set_config('role', 'utb', true), "
        + $"set_config('app.user_id', '{reader.UserId}', true), "
        + $"set_config('app.branch_id', '{reader.BranchId}', true), "
        + $"set_config('app.pass', '{pass}', true)";

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _branches.DisposeAsync();
        await _database.DisposeAsync();
        await _harness.DisposeAsync();
    }
}
