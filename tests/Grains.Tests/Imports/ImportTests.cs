using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Imports;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Imports;

/// <summary>Imports in a silo whose clock stands still: nothing is worked off but when the test
/// says so.</summary>
public sealed class ImportTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly Caller _admin = new(Guid.CreateVersion7(), CallerRole.Admin, 0);
    private TestSilo _silo = null!;

    public async ValueTask InitializeAsync() => _silo = await TestSilo.Start(postgres);

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task Line_BecomesACustomer_WithEventsAndAddresses()
    {
        var import = await Start(
            """
            {"external_id":"C-1","name":"Asha Rao","phone":"+91 98123 45601","email":"A@Example.com","date_of_birth":"1990-04-17","addresses":[{"line1":"12 Lake Road","city":"Pune","postal_code":"411001"},{"label":"Work","latitude":18.5,"longitude":73.8}]}
            """);

        (await Finish(import)).ShouldBe("done 1/1 created 1 refused 0");

        (await Query<string>("SELECT name || ' ' || account_status || ' ' || phone_verified FROM users"))
            .ShouldBe("Asha Rao active false");
        (await Query<string>("SELECT events::jsonb ->> 0 FROM customer_event"))
            .ShouldBe("""{"kind": "imported"}""");
        (await Query<string>(
            "SELECT string_agg(label || is_default, ' ' ORDER BY label) FROM addresses"))
            .ShouldBe("Hometrue Workfalse");
        (await Query<Guid>("SELECT actor_id FROM customer_event")).ShouldBe(_admin.Id);
        (await Query<long>("SELECT count(*) FROM import_chunks")).ShouldBe(0);
    }

    [Fact]
    public async Task BadLines_AreReportedByNumber_AndTheOthersTaken()
    {
        await Finish(await Start("""{"phone":"+919812345602"}"""));
        var import = await Start(string.Join('\n',
            """{"external_id":"ok","phone":"+919812345603"}""",
            "",
            "{",
            "[]",
            ImportChunk.TooLong,
            """{"name":"Ann","name":"Ben"}""",
            """{"secret-name":1}""",
            """{"addresses":[{"door":"3"}]}""",
            """{"phone":"12345","date_of_birth":"tomorrow","name":7}""",
            """{"addresses":[{"line1":"x"}]}""",
            """{"phone":"+919812345602"}""",
            """{"external_id":"ok","name":"Another"}""",
            """{"phone":"+919812345603"}""",
            "{\"name\":\"\\ud800\"}",
            "{}"));

        (await Finish(import)).ShouldBe("done 14/14 created 2 refused 12");

        var report = (await Report(import)).ToArray();
        report.Select(r => (r.Line, r.Code)).ShouldBe(
        [
            (3, "malformed-line"), (4, "malformed-line"), (5, "line-too-long"),
            (6, "malformed-line"), (7, "unknown-member"), (8, "unknown-member"),
            (9, "invalid-member"), (10, "invalid-member"), (11, "contact-taken"),
            (12, "already-imported"), (13, "contact-taken"), (14, "malformed-line"),
        ]);
        report[6].Detail.ShouldContain("phone: ");
        report[6].Detail.ShouldContain("date_of_birth: ");
        report[7].Detail.ShouldContain("addresses[0].city: Required");
        string.Concat(report.Select(r => r.Detail)).ShouldNotContain("secret");
        string.Concat(report.Select(r => r.Detail)).ShouldNotContain("12345");
    }

    [Fact]
    public async Task SameFileAgain_MakesNobodyTwice()
    {
        var lines = string.Join('\n', Enumerable.Range(0, 50).Select(
            i => $$"""{"external_id":"E-{{i}}","name":"Ann {{i}}"}"""));
        (await Finish(await Start(lines))).ShouldBe("done 50/50 created 50 refused 0");
        (await Finish(await Start(lines))).ShouldBe("done 50/50 created 0 refused 50");
        (await Query<long>("SELECT count(*) FROM users")).ShouldBe(50);
    }

    [Fact]
    public async Task WorkedOffButNotFinished_IsRecognised_NotDoneAgain()
    {
        var import = await Start(string.Join('\n', Enumerable.Range(0, 30).Select(
            i => $$"""{"phone":"+9198123457{{i:D2}}"}""")));
        var store = _silo.Service<ImportStore>();
        // As if a silo died after its commits and before it has counted them; twice.
        await _silo.Database.Execute("REVOKE DELETE ON import_chunks FROM service");
        for (var i = 0; i < 2; i++)
        {
            await Should.ThrowAsync<TryAgainException>(
                _silo.Grains.GetGrain<IImportGrain>(import).Advance());
        }

        (await Show(import)).ShouldBe("running 0/30 created 0 refused 0");
        await _silo.Database.Execute("GRANT DELETE ON import_chunks TO service");
        (await Finish(import)).ShouldBe("done 30/30 created 30 refused 0");
        await store.Finish(import, chunk: 0, created: 30, []);
        (await Show(import)).ShouldBe("done 30/30 created 30 refused 0");
        (await Query<long>("SELECT count(*) FROM customer_event")).ShouldBe(30);
    }

    [Fact]
    public async Task TwoAtOnce_WithTheSameContacts_MakeEachOnce()
    {
        string Lines(string id) => string.Join('\n', Enumerable.Range(0, 100).Select(
            i => $$"""{"external_id":"{{id}}{{i}}","email":"p{{i}}@example.org"}"""));
        var (one, two) = (await Start(Lines("a")), await Start(Lines("b")));

        await Task.WhenAll(Finish(one), Finish(two));

        (await Query<long>("SELECT count(*) FROM users")).ShouldBe(100);
        (await Query<long>("SELECT sum(created) FROM imports")).ShouldBe(100);
        (await Query<long>("SELECT sum(refused) FROM imports")).ShouldBe(100);
    }

    [Fact]
    public async Task Lines_WaitSealed_AndAreWipedChunkByChunk()
    {
        var import = Guid.CreateVersion7();
        var grain = _silo.Grains.GetGrain<IImportGrain>(import);
        await grain.Add(new ImportLines(0, 1, """{"name":"Asha"}"""), _admin);
        await grain.Add(new ImportLines(1, 2, """{"name":"Ben"}"""), _admin);
        await grain.Add(new ImportLines(1, 2, """{"name":"Ben"}"""), _admin);
        (await grain.Get()).Code.ShouldBe(ReplyCode.ImportUnknown);
        (await grain.Advance()).ShouldBeFalse();
        (await Query<long>(
            "SELECT count(*) FROM import_chunks WHERE position('Asha'::bytea IN content) > 0"))
            .ShouldBe(0);

        await grain.Start(null, _admin);
        (await grain.Advance()).ShouldBeTrue();
        (await Show(import)).ShouldBe("running 1/2 created 1 refused 0");
        (await Query<long>("SELECT count(*) FROM import_chunks")).ShouldBe(1);
        (await Finish(import)).ShouldBe("done 2/2 created 2 refused 0");
    }

    [Fact]
    public async Task Report_HasABound_AndAllIsCounted()
    {
        var import = Guid.CreateVersion7();
        var grain = _silo.Grains.GetGrain<IImportGrain>(import);
        for (var chunk = 0; chunk < 3; chunk++)
        {
            var lines = string.Join('\n', Enumerable.Repeat("x", 400));
            await grain.Add(new ImportLines(chunk, 1 + chunk * 400, lines), _admin);
        }

        await grain.Start(null, _admin);
        (await Finish(import)).ShouldBe("done 1200/1200 created 0 refused 1200");
        (await Report(import)).Select(r => r.Line).ShouldBe(Enumerable.Range(1, 1000));
    }

    [Fact]
    public async Task SameKey_IsTheSameImport_OtherContentIsRefused()
    {
        var key = new RequestKey(new byte[32], [.. Enumerable.Repeat((byte)1, 32)]);
        var first = Guid.CreateVersion7();
        var begun = await Start(first, "{}", key);
        begun.Replayed.ShouldBeFalse();
        var again = await Start(Guid.CreateVersion7(), "{}", key);
        (again.Replayed, System.Text.Encoding.UTF8.GetString(again.Body))
            .ShouldBe((true, System.Text.Encoding.UTF8.GetString(begun.Body)));
        (await Start(Guid.CreateVersion7(), "{}", key with { Fingerprint = new byte[32] })).Code
            .ShouldBe(ReplyCode.IdempotencyKeyReused);
        (await Query<long>("SELECT count(*) FROM imports")).ShouldBe(1);

        _silo.Time.Advance(TimeSpan.FromHours(25));
        (await Start(Guid.CreateVersion7(), "{}", key)).Replayed.ShouldBeFalse();
    }

    private async Task<Guid> Start(string lines)
    {
        var import = Guid.CreateVersion7();
        (await Start(import, lines, null)).Code.ShouldBe(ReplyCode.Ok);
        return import;
    }

    private async Task<Reply> Start(Guid import, string lines, RequestKey? key)
    {
        var grain = _silo.Grains.GetGrain<IImportGrain>(import);
        await grain.Add(new ImportLines(0, 1, lines), _admin);
        return await grain.Start(key, _admin);
    }

    private async Task<string> Finish(Guid import)
    {
        while (await _silo.Grains.GetGrain<IImportGrain>(import).Advance())
        {
            // As long as there is something to do.
        }

        return await Show(import);
    }

    private async Task<string> Show(Guid import)
    {
        var p = (await _silo.Service<ImportStore>().Find(import)).ShouldNotBeNull();
        return $"{p.State} {p.RowsDone}/{p.RowsTotal} created {p.Created} refused {p.Refused}";
    }

    private async Task<IEnumerable<ImportRefusal>> Report(Guid import) =>
        (await _silo.Service<ImportStore>().Find(import)).ShouldNotBeNull().Report;

    private Task<T> Query<T>(string statement) => _silo.Database.Query<T>(statement);
}
