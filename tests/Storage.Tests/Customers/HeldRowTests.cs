using CustomerGrains.Domain.Customers;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Customers;

/// <summary>Somebody holds a customer's row, as a forgotten session of an operator would.</summary>
[Trait("Section", "R8")]
public sealed class HeldRowTests(PostgresFixture postgres)
{
    private const int Renames = 50;

    private const string SomebodyWaits =
        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() "
        + "AND wait_event_type = 'Lock' AND application_name = 'customer-grains commit')";

    [Fact]
    public async Task Commit_OfAHeldCustomer_Waits_AndNobodyElseDoes()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var (held, other) = (await harness.SignUp(), await harness.SignUp());
        await using var session = await harness.Database.AsSuperuser.OpenConnectionAsync();
        await using var transaction = await session.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand(
            $"SELECT FROM users WHERE id = '{held.Customer.Id}' FOR UPDATE", session, transaction);
        await hold.ExecuteNonQueryAsync();

        var waiting = harness.Commit(held, Rename("held"));
        await Eventually.Holds(
            "the commit waits",
            () => harness.Database.Query<bool>(SomebodyWaits), CancellationToken.None);
        for (var n = 0; n < Renames; n++)
            other = await harness.Commit(other, Rename($"name {n}"));

        waiting.IsCompleted.ShouldBeFalse();
        await transaction.RollbackAsync();
        (await waiting).Customer.Version.ShouldBe(2);
        (await harness.Load(held.Customer.Id)).Name.ShouldBe("held");
        (await harness.Load(other.Customer.Id)).Version.ShouldBe(1 + Renames);
    }

    private static CustomerCommand Rename(string name) =>
        new CustomerCommand.EditProfile { Name = new(name) };
}
