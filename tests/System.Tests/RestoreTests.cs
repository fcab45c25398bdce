using CustomerGrains.Launcher;
using CustomerGrains.System.Tests.Histories;
using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Load.Histories;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>The database's folder is lost and comes back from a copy that was made under load and
/// the write-ahead log since then, up to a chosen moment: all that was acknowledged before it is
/// there, nothing that was asked for later, and the service goes on.</summary>
[Trait("Section", "R13")]
public sealed class RestoreTests(ITestOutputHelper output)
{
    private const int Clients = 20;

    private static readonly int Times = Counts.Of("restores", 1, deep: 5);

    private static readonly TimeSpan BetweenCopyAndMoment =
        TimeSpan.FromSeconds(Counts.IsDeep ? 20 : 3);

    [Fact]
    public async Task Database_RestoredToAMomentUnderLoad_IsWhatItWasThen()
    {
        for (var time = 0; time < Times; time++) await LoseAndRestore();
    }

    private async Task LoseAndRestore()
    {
        var data = await TestDirectory.Create();
        await TemplateData.CopyTo(data);
        var backup = new Backup(new DataDirectory(data).Postgres, Path.Combine(data, "backup"));
        backup.ArchiveLog();
        await using var service = await RunningService.Start(data: data);
        using var history = HistoryWriter.Of(service);
        await using var database = await JournalFollower.Open(service);
        await using var staff = await StaffReaders.Start(service.BaseAddress, history);
        await using var load = await EditLoad.Start(service.BaseAddress, history, Clients);
        await load.EveryClientGets(5);

        await backup.Copy(database);
        await load.Last(BetweenCopyAndMoment);
        var before = HistoryWriter.Now;
        var log = await Backup.Mark(database);
        var after = HistoryWriter.Now;
        await load.EveryClientGets(5);
        await load.Stop();
        await staff.Stop();
        await backup.Archived(database, log);
        (await service.Stop()).ShouldBe(0);
        NpgsqlConnection.ClearAllPools();
        backup.Restore();

        var started = TimeProvider.System.GetTimestamp();
        history.GoBack(before, after);
        history.Strike("database restored");
        await service.Restart();
        var gone = 0;
        foreach (var client in load.Clients) gone += await client.GoBack();
        await using var goesOn = EditLoad.GoOn(load);
        await goesOn.EveryClientGets(1);
        var took = TimeProvider.System.GetElapsedTime(started);
        await goesOn.EveryClientGets(5);
        await goesOn.Stop();

        gone.ShouldBeGreaterThan(Clients, "edits after the moment are undone");
        output.WriteLine(await HistoryVerdict.Of(service, history, "R13"));
        output.WriteLine(Scoreboard.Add(
            "R13", ("restores", 1), ("undone", gone), ("serves_after_seconds", took.TotalSeconds)));
    }
}
