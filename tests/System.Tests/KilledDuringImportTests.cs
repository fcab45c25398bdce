using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>An import that was accepted is worked off, each line once, whatever is killed.</summary>
public sealed class KilledDuringImportTests
{
    private const int Lines = 20_000;

    private readonly CancellationToken _stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_ThroughKillsOfSilosAndPostgres_MakesEveryCustomerOnce()
    {
        await using var service = await RunningService.Start(silos: 2);
        var token = await AdminToken(service);
        var body = new StringBuilder();
        for (var i = 0; i < Lines; i++)
            body.Append($$"""{"external_id":"X-{{i}}","phone":"+9197{{i:D8}}"}""").Append('\n');
        // At the end the same once more: who is there already is not made again.
        body.Append("""{"external_id":"X-0"}""");
        var import = await Start(service, token, body.ToString());

        await Reaches(service, token, import, Lines / 10);
        service.KillSilo(0);
        await Reaches(service, token, import, Lines / 3);
        service.KillPostgres();
        await Reaches(service, token, import, Lines / 2);
        service.KillSilo(1);
        await Reaches(service, token, import, Lines + 1);

        var done = (await Get(service, token, import)).ShouldNotBeNull();
        done.GetProperty("state").GetString().ShouldBe("done");
        done.GetProperty("created").GetInt32().ShouldBe(Lines);
        done.GetProperty("refused").GetInt32().ShouldBe(1);
        done.GetProperty("report")[0].GetProperty("code").GetString().ShouldBe("already-imported");
        await JournalFollower.CheckAllArrived(service);
    }

    private async Task<string> AdminToken(RunningService service)
    {
        using var content = Json($$"""{"role":"uta","sub":"{{Guid.NewGuid()}}"}""");
        var answer = await service.Client.PostAsync("/dev/token", content, _stop);
        return Parse(await answer.Content.ReadAsStringAsync(_stop)).GetProperty("access_token")
            .GetString()!;
    }

    private async Task<Guid> Start(RunningService service, string token, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/admin/imports");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = new StringContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        var answer = await service.Client.SendAsync(request, _stop);
        ((int)answer.StatusCode).ShouldBe(202);
        return Parse(await answer.Content.ReadAsStringAsync(_stop)).GetProperty("import_id")
            .GetGuid();
    }

    private Task Reaches(RunningService service, string token, Guid import, int lines) =>
        Eventually.Holds($"{lines} lines are worked off", async () =>
            await Get(service, token, import) is { } found
            && found.GetProperty("rows_done").GetInt32() >= lines, _stop);

    /// <summary>Null while nobody answers.</summary>
    private async Task<JsonElement?> Get(RunningService service, string token, Guid import)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/admin/imports/{import}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            var answer = await service.Client.SendAsync(request, _stop);
            if (!answer.IsSuccessStatusCode) return null;
            return Parse(await answer.Content.ReadAsStringAsync(_stop));
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static JsonElement Parse(string json) => JsonSerializer.Deserialize<JsonElement>(json);

    private static StringContent Json(string json) =>
        new(json, Encoding.UTF8, "application/json");
}
