using System.Net;
using CustomerGrains.Launcher;
using CustomerGrains.Launcher.Postgres;
using CustomerGrains.Storage.Schema;
using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>Processes die between a shown code and its answer; the app repeats under the same key.
/// </summary>
[Trait("Section", "R1")]
public sealed class KilledDuringVerifyTests(ITestOutputHelper output)
{
    /// <summary>Guests that show their code at the same moment: some answers get lost.</summary>
    private const int Guests = 40;

    private int _lost;
    private int _replayed;

    [Fact]
    public async Task Verify_WithTheAnswerLost_GivesTheFirstAnswerUnderItsKeyAndCountsOnce()
    {
        await using var service = await RunningService.Start(silos: 2);
        foreach (var (round, kill) in ((int, Func<bool>)[])
            [(1, () => service.KillSilo(0)), (2, service.KillPostgres), (3, service.KillApi)])
        {
            var guests = await Task.WhenAll(Enumerable.Range(0, Guests)
                .Select(n => Prepare(service, $"+91981{round}{n:D2}0000")));
            var shown = guests.Select((g, n) => Show(g, wrong: n % 4 == 0)).ToArray();
            // Some have their answer, others are somewhere between the commit and theirs.
            await Task.WhenAny(shown);
            await Eventually.Holds("there is one to kill", kill, CancellationToken.None);
            var answers = await Task.WhenAll(shown);
            output.WriteLine($"round {round}: answers lost {_lost}, replayed {_replayed}");
            for (var n = 0; n < Guests; n++) await Check(guests[n], answers[n], n % 4 == 0);
            foreach (var guest in guests) guest.Caller.Dispose();
        }

        await CheckJournal(service);
        _lost.ShouldBeGreaterThan(0, "the kills must have been felt");
    }

    private async Task Check(Guest guest, Answered first, bool wrong)
    {
        first.Status.ShouldBe(
            wrong ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.OK, first.Text);
        var again = await Show(guest, wrong);
        again.Text.ShouldBe(first.Text);
        again.IsReplay.ShouldBeTrue();
        if (wrong) first.Json.GetProperty("attempts_left").GetInt32().ShouldBe(4);
        else first.Json.GetProperty("phone").GetString().ShouldBe(guest.Phone);

        var other = (await Show(guest, wrong, "another")).Json;
        other.GetProperty("code").GetString().ShouldBe(wrong ? "otp-wrong" : "otp-used");
        if (wrong) other.GetProperty("attempts_left").GetInt32().ShouldBe(3);
    }

    private static async Task CheckJournal(RunningService service)
    {
        var server = await LocalPostgres.Start(
            new DataDirectory(service.Data), new(), TextWriter.Null, CancellationToken.None);
        await using var database = NpgsqlDataSource.Create(server.ConnectionString(
            LocalPostgres.Superuser, DatabaseBootstrap.DatabaseName));
        (await Count(database, "contact_changed")).ShouldBe(3 * Guests * 3 / 4);
        // The first wrong code of each, and the one that asked under another key.
        (await Count(database, "contact_code_failed")).ShouldBe(2 * 3 * Guests / 4);
    }

    private static async Task<long> Count(NpgsqlDataSource database, string kind)
    {
        await using var command = database.CreateCommand(
            "SELECT count(*) FROM customer_event WHERE events LIKE '%' || $1 || '%'");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"\"{kind}\"" });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<Guest> Prepare(RunningService service, string phone)
    {
        var caller = new Caller(service.BaseAddress);
        await caller.BeGuest();
        var change = await caller.Ask("POST", "/api/utc/profile/request-change",
            $$"""{"channel":"phone","new_value":"{{phone}}"}""");
        return new Guest(
            caller, phone, change.GetProperty("change_id").GetGuid(),
            await caller.NextCode(phone));
    }

    private async Task<Answered> Show(Guest guest, bool wrong, string key = "key")
    {
        var answer = await guest.Caller.Send("POST", "/api/utc/profile/verify-change",
            $$"""
            {"change_id":"{{guest.Change}}","code":"{{(wrong ? guest.WrongCode : guest.Code)}}"}
            """, key);
        Interlocked.Add(ref _lost, answer.Tries - 1);
        if (answer.IsReplay) Interlocked.Increment(ref _replayed);
        return answer;
    }

    private sealed record Guest(Caller Caller, string Phone, Guid Change, string Code)
    {
        public string WrongCode => Code == "000000" ? "000001" : "000000";
    }
}
