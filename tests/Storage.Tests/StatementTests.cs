using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Demo;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests;

/// <summary>Every statement of the storage library against the migrated schema.</summary>
public sealed partial class StatementTests(PostgresFixture postgres)
{
    // Definitions are not prepared: several in one text, or run before there is a schema. Parts are,
    // within the statements that they are parts of.
    private static readonly string[] NotPrepared =
        ["Sql/Schema/", "Sql/Definitions/", "Sql/Search/Parts/"];

    private static readonly Assembly Storage = typeof(CustomerStore).Assembly;

    public static TheoryData<string> Statements =>
        [.. Storage.GetManifestResourceNames()
            .Where(n => n.StartsWith("Sql/", StringComparison.Ordinal)
                && !NotPrepared.Any(p => n.StartsWith(p, StringComparison.Ordinal)))];

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task EveryStatement_CanBePreparedByTheRoleThatRunsIt(string name)
    {
        await using var database = await postgres.CreateDatabase();
        await using var connection = await database.AsService.OpenConnectionAsync();
        await Run(connection, $"PREPARE s AS {Text(name)}");
    }

    [Theory]
    [MemberData(nameof(Statements))]
    public void EveryStatement_SaysWhatItIsForAndListsItsColumns(string name)
    {
        var text = Text(name);
        text.ShouldStartWith("-- ");
        text.ShouldNotContain("SELECT * FROM users");
        text.ShouldNotContain("TODO");
    }

    [Theory]
    [InlineData("Sql/Customers/update_customers.sql")]
    [InlineData("Sql/Customers/insert_customers.sql")]
    [InlineData("Sql/Customers/write_addresses.sql")]
    [InlineData("Sql/Customers/write_media.sql")]
    [InlineData("Sql/Customers/load_customers.sql")]
    [InlineData("Sql/Customers/load_addresses.sql")]
    [InlineData("Sql/Customers/load_media.sql")]
    [InlineData("Sql/Customers/load_contact_changes.sql")]
    [InlineData("Sql/Customers/write_contact_changes.sql")]
    [InlineData("Sql/Customers/write_change_codes.sql")]
    [InlineData("Sql/Customers/reserve_contacts.sql")]
    [InlineData("Sql/Customers/release_contacts.sql")]
    [InlineData("Sql/Customers/check_reservations.sql")]
    [InlineData("Sql/Customers/revoke_tokens.sql")]
    [InlineData("Sql/Customers/insert_messages.sql")]
    [InlineData("Sql/Customers/insert_orders.sql")]
    [InlineData("Sql/Customers/update_orders.sql")]
    [InlineData("Sql/Customers/write_standings.sql")]
    [InlineData("Sql/Customers/load_orders.sql")]
    [InlineData("Sql/Customers/write_bars.sql")]
    [InlineData("Sql/Customers/lift_bars.sql")]
    [InlineData("Sql/Customers/write_names.sql")]
    [InlineData("Sql/Customers/forget_names.sql")]
    [InlineData("Sql/Search/all.sql")]
    [InlineData("Sql/Search/by_email.sql")]
    [InlineData("Sql/Search/by_name.sql")]
    [InlineData("Sql/Search/by_phone.sql")]
    [InlineData("Sql/Search/by_segment.sql")]
    [InlineData("Sql/Search/by_spend.sql")]
    [InlineData("Sql/Search/by_status.sql")]
    [InlineData("Sql/Search/by_tier.sql")]
    [InlineData("Sql/Geo/nearest.sql")]
    [InlineData("Sql/Due/suspensions_over.sql")]
    [InlineData("Sql/Customers/write_merges.sql")]
    [InlineData("Sql/Customers/forget_merges.sql")]
    [InlineData("Sql/Customers/take_frozen.sql")]
    [InlineData("Sql/Customers/move_addresses.sql")]
    [InlineData("Sql/Customers/return_addresses.sql")]
    [InlineData("Sql/Customers/move_orders.sql")]
    [InlineData("Sql/Customers/return_orders.sql")]
    [InlineData("Sql/Customers/bury_customers.sql")]
    [InlineData("Sql/Customers/revive_customers.sql")]
    [InlineData("Sql/Customers/load_merges.sql")]
    [InlineData("Sql/Links/lock-link.sql")]
    [InlineData("Sql/Links/find-link.sql")]
    [InlineData("Sql/Due/idle_guests.sql")]
    [InlineData("Sql/Privacy/erase_people.sql")]
    [InlineData("Sql/Privacy/write_erasures.sql")]
    [InlineData("Sql/Privacy/cancel_erasures.sql")]
    [InlineData("Sql/Due/erasures.sql")]
    [InlineData("Sql/Orders/find_order.sql")]
    [InlineData("Sql/Orders/find_owner.sql")]
    [InlineData("Sql/Policies/find_policy.sql")]
    [InlineData("Sql/Access/insert_access_logs.sql")]
    [InlineData("Sql/Access/read_access_logs.sql")]
    [InlineData("Sql/Audit/read_history.sql")]
    [InlineData("Sql/Audit/find_customer.sql")]
    [InlineData("Sql/Customers/find_reply.sql")]
    [InlineData("Sql/Customers/find_versions.sql")]
    [InlineData("Sql/Customers/keep_unchanged.sql")]
    [InlineData("Sql/Customers/resolve_commit.sql")]
    public async Task HotStatement_WithAndWithoutStatistics_ScansNoTable(string name)
    {
        await using var database = await postgres.CreateDatabase();
        var keys = Directory.CreateTempSubdirectory("cg-keys-").FullName;
        KeyRing.CreateIfMissing(keys);
        await using var customers = new CustomerDatabase(database.Service);

        (await Plan(customers, name)).ShouldNotContain("Seq Scan");
        await new DemoLoad(database.Service, keys, TimeProvider.System)
            .Load(300, CancellationToken.None);
        await database.Execute("ANALYZE");
        (await Plan(customers, name)).ShouldNotContain("Seq Scan");
        Directory.Delete(keys, recursive: true);
    }

    private static async Task<string> Plan(CustomerDatabase customers, string name)
    {
        var text = Text(name);
        var parameters = Parameter().Matches(text)
            .Max(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture));
        var arguments = string.Join(", ", Enumerable.Repeat("NULL", parameters));
        await using var connection = await customers.Writers.OpenConnectionAsync();
        await Run(connection, $"PREPARE s AS {text}");
        await using var explain = new NpgsqlCommand($"EXPLAIN EXECUTE s({arguments})", connection);
        await using var reader = await explain.ExecuteReaderAsync();
        var plan = "";
        while (await reader.ReadAsync()) plan += reader.GetString(0) + "\n";
        await reader.CloseAsync();
        await Run(connection, "DEALLOCATE s");
        return plan;
    }

    private static async Task Run(NpgsqlConnection connection, string text)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string Text(string name) => SqlText.Load(name["Sql/".Length..^".sql".Length]);

    [GeneratedRegex(@"\$(\d+)")]
    private static partial Regex Parameter();
}
