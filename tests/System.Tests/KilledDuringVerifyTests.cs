using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerGrains.Launcher;
using CustomerGrains.Launcher.Postgres;
using CustomerGrains.Storage.Schema;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>Processes die between a shown code and its answer; the app repeats under the same key.
/// </summary>
public sealed class KilledDuringVerifyTests(ITestOutputHelper output)
{
    /// <summary>Guests that show their code at the same moment: some answers get lost.</summary>
    private const int Guests = 40;

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);

    private int _lost;
    private int _replayed;

    [Fact]
    public async Task Verify_WithTheAnswerLost_GivesTheFirstAnswerUnderItsKeyAndCountsOnce()
    {
        await using var service = await RunningService.Start(silos: 2);
        foreach (var (round, kill) in ((int, Action)[])
            [(1, () => service.KillSilo(0)), (2, service.KillPostgres), (3, service.KillApi)])
        {
            var guests = await Task.WhenAll(Enumerable.Range(0, Guests)
                .Select(n => Prepare(service, $"+91981{round}{n:D2}0000")));
            var shown = guests.Select((g, n) => ShowUntilAnswered(service, g, wrong: n % 4 == 0))
                .ToArray();
            // Some have their answer, others are somewhere between the commit and theirs.
            await Task.WhenAny(shown);
            kill();
            var answers = await Task.WhenAll(shown);
            output.WriteLine($"round {round}: answers lost {_lost}, replayed {_replayed}");
            for (var n = 0; n < Guests; n++) await Check(service, guests[n], answers[n], n % 4 == 0);
        }

        await CheckJournal(service);
        _lost.ShouldBeGreaterThan(0, "the kills must have been felt");
    }

    private async Task Check(RunningService service, Guest guest, Shown first, bool wrong)
    {
        first.Status.ShouldBe(
            wrong ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.OK, first.Body);
        var again = await ShowUntilAnswered(service, guest, wrong, "key");
        again.Body.ShouldBe(first.Body);
        again.IsReplay.ShouldBeTrue();
        if (wrong) JsonOf(first.Body).GetProperty("attempts_left").GetInt32().ShouldBe(4);
        else JsonOf(first.Body).GetProperty("phone").GetString().ShouldBe(guest.Phone);

        var other = await ShowUntilAnswered(service, guest, wrong, "another");
        var code = JsonOf(other.Body);
        code.GetProperty("code").GetString().ShouldBe(wrong ? "otp-wrong" : "otp-used");
        if (wrong) code.GetProperty("attempts_left").GetInt32().ShouldBe(3);
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
        using var created = await service.Client.PostAsJsonAsync("/api/auth/guest", new { });
        var token = (await created.Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("access_token").GetString()!;
        using var asked = await Send(service, token, "request-change", null,
            new { channel = "phone", new_value = phone });
        asked.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var change = (await asked.Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("change_id").GetGuid();
        string? code = null;
        await Eventually.Holds("the code arrives", async () =>
        {
            var mail = await service.Client.GetFromJsonAsync<JsonElement>(
                "/dev/messages?to=" + Uri.EscapeDataString(phone));
            foreach (var item in mail.GetProperty("items").EnumerateArray())
                code ??= item.GetProperty("code").GetString();
            return code is not null;
        }, CancellationToken.None);
        return new Guest(token, phone, change, code!);
    }

    private async Task<Shown> ShowUntilAnswered(
        RunningService service, Guest guest, bool wrong, string key = "key")
    {
        while (true)
        {
            try
            {
                using var answer = await Show(service, guest, wrong, key);
                var body = await answer.Content.ReadAsStringAsync();
                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                {
                    var isReplay = answer.Headers.Contains("Idempotent-Replayed");
                    if (isReplay) Interlocked.Increment(ref _replayed);
                    return new Shown(answer.StatusCode, body, isReplay);
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
            {
                // The outcome is unknown: that is what the key is for.
            }

            Interlocked.Increment(ref _lost);
            await Task.Delay(RetryPause);
        }
    }

    private static Task<HttpResponseMessage> Show(
        RunningService service, Guest guest, bool wrong, string key) =>
        Send(service, guest.Token, "verify-change", key,
            new { change_id = guest.Change, code = wrong ? guest.WrongCode : guest.Code });

    private static async Task<HttpResponseMessage> Send(
        RunningService service, string token, string operation, string? key, object body)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, "/api/utc/profile/" + operation) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await service.Client.SendAsync(request);
    }

    private static JsonElement JsonOf(string body) => JsonDocument.Parse(body).RootElement;

    private sealed record Shown(HttpStatusCode Status, string Body, bool IsReplay);

    private sealed record Guest(string Token, string Phone, Guid Change, string Code)
    {
        public string WrongCode => Code == "000000" ? "000001" : "000000";
    }
}
