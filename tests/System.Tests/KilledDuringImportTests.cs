using System.Text;
using System.Text.Json;
using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>An import that was accepted is worked off, each line once, whatever is killed.</summary>
[Trait("Section", "R1")]
public sealed class KilledDuringImportTests
{
    private const int Lines = 20_000;

    private readonly CancellationToken _stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_ThroughKillsOfSilosAndPostgres_MakesEveryCustomerOnce()
    {
        await using var service = await RunningService.Start(silos: 2);
        using var admin = await Caller.Of(service.BaseAddress, "uta", Guid.NewGuid());
        var body = new StringBuilder();
        for (var i = 0; i < Lines; i++)
            body.Append($$"""{"external_id":"X-{{i}}","phone":"+9197{{i:D8}}"}""").Append('\n');
        // At the end the same once more: who is there already is not made again.
        body.Append("""{"external_id":"X-0"}""");
        var import = (await admin.Ask("POST", "/api/admin/imports", body.ToString(), Caller.Lines))
            .GetProperty("import_id").GetGuid();

        await Reaches(admin, import, Lines / 10);
        service.KillSilo(0);
        await Reaches(admin, import, Lines / 3);
        service.KillPostgres();
        await Reaches(admin, import, Lines / 2);
        service.KillSilo(1);
        await Reaches(admin, import, Lines + 1);

        var done = await Get(admin, import);
        done.GetProperty("state").GetString().ShouldBe("done");
        done.GetProperty("created").GetInt32().ShouldBe(Lines);
        done.GetProperty("refused").GetInt32().ShouldBe(1);
        done.GetProperty("report")[0].GetProperty("code").GetString().ShouldBe("already-imported");
        await JournalFollower.CheckAllArrived(service);
    }

    private async Task Reaches(Caller admin, Guid import, int lines) =>
        await Eventually.Holds($"{lines} lines are worked off", async () =>
            (await Get(admin, import)).GetProperty("rows_done").GetInt32() >= lines, _stop);

    private static Task<JsonElement> Get(Caller admin, Guid import) =>
        admin.Ask("GET", $"/api/admin/imports/{import}");
}
