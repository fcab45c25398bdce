using CustomerGrains.Launcher;
using CustomerGrains.Launcher.Postgres;
using CustomerGrains.Storage.Faults;
using CustomerGrains.Storage.Schema;
using CustomerGrains.Tests.Support;
using Npgsql;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>A merge whose silo dies goes on, though nobody asks for it any more.</summary>
public sealed class MergeReminderTests
{
    private const string Sides =
        "SELECT coalesce(string_agg(side || ' ' || stage, ', ' ORDER BY side), '') "
        + "FROM customer_merges";

    private const string Reminders = "SELECT count(*)::text FROM OrleansRemindersTable";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Merge_LeftInTheMiddle_IsResumedByItsReminder(int silos)
    {
        await using var service = await RunningService.Start(
            silos, mayFail: true, settings: new Dictionary<string, string>
            {
                ["Customers__MergeResume"] = "00:00:05",
            });
        var server = await LocalPostgres.Start(
            new DataDirectory(service.Data), new(), TextWriter.Null, CancellationToken.None);
        await using var database = NpgsqlDataSource.Create(server.ConnectionString(
            LocalPostgres.Superuser, DatabaseBootstrap.DatabaseName));
        using var people = new MergePeople(service.BaseAddress);
        await people.Begin();
        var pair = await people.NewPair();
        service.Fail(FaultPoints.MergeAbsorbed);

        await people.Merge(pair);
        // From here on only the database is looked at.
        await Is(database, Sides, "redundant taken, survivor absorbing");
        service.Abort(FaultPoints.MergeAbsorbed);
        await Eventually.Holds(
            "a silo died in the middle",
            () => !service.IsFailing(FaultPoints.MergeAbsorbed),
            TestContext.Current.CancellationToken);
        await Is(database, Sides, "redundant away, survivor merged");
        await Is(database, Reminders, "0");
        await people.Check(pair, isUndone: false);
    }

    private static Task Is(NpgsqlDataSource database, string question, string expected) =>
        Eventually.Holds($"it says: {expected}", async () =>
        {
            await using var command = database.CreateCommand(question);
            return (string)(await command.ExecuteScalarAsync())! == expected;
        }, TestContext.Current.CancellationToken);
}
