using System.CommandLine;
using CustomerGrains.Storage.Audit;
using CustomerGrains.Storage.Feed;

namespace CustomerGrains.Launcher.Commands;

/// <summary><c>verify-audit</c>: recomputes the seals over the journal, while the service runs or
/// not.</summary>
internal static class VerifyAuditCommand
{
    /// <summary>The journal is not what was sealed.</summary>
    private const int Broken = 1;

    public static Command Create()
    {
        var data = DataOption.Create();
        var command = new Command("verify-audit",
            "Recomputes the seals over the journal; ends with 1 and names the first broken row.")
        {
            data,
        };
        command.SetAction((parsed, stop) => OperatorDatabase.Use(
            parsed.DataDirectory(data), connection => Verify(connection, stop), stop));
        return command;
    }

    private static async Task<int> Verify(string connection, CancellationToken stop)
    {
        await using var database = new FeedDatabase(connection);
        await using var seals = new SealStore(database, TimeProvider.System);
        var rows = 0L;
        for (short partition = 0; partition < SealStore.Partitions; partition++)
        {
            var check = await seals.Verify(partition, stop);
            rows += check.Rows;
            if (check.FirstBroken is not { } row) continue;
            await Console.Error.WriteLineAsync(Describe(row));
            return Broken;
        }

        Console.WriteLine($"all seals hold: {rows} journal rows are as they were sealed");
        return 0;
    }

    private static string Describe(BrokenRow row) => row.Sequence is null
        ? $"broken: partition {row.Partition} ends before its last seal; rows are missing"
        : $"broken: partition {row.Partition}, customer {row.CustomerId}, sequence {row.Sequence}"
            + " is not what was sealed, or stands where a sealed row is missing";
}
