using System.CommandLine;
using CustomerGrains.Storage.Feed;
using Npgsql;

namespace CustomerGrains.Launcher.Commands;

/// <summary><c>rebase-feed</c>: sets the journal's feed right after a logical restore.</summary>
internal static class RebaseFeedCommand
{
    public static Command Create()
    {
        var data = DataOption.Create();
        var command = new Command("rebase-feed",
            "Once after a logical restore, with all silos stopped: moves the journal and its "
            + "positions to this database's transactions; the one of "
            + $"{ServiceDatabase.OwnerSetting} if set, else the local one.")
        {
            data,
        };
        command.SetAction((parsed, stop) => OperatorDatabase.UseAsOwner(
            parsed.DataDirectory(data), connection => Rebase(connection, stop), stop));
        return command;
    }

    private static async Task<int> Rebase(string connection, CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        Console.WriteLine(await new FeedRebase(source).Run(stop)
            ? "the feed goes on where it stood; check the seals with: verify-audit"
            : "nothing to do: no position lies ahead of this database's transactions");
        return 0;
    }
}
