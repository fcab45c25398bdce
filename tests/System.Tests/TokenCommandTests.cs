using System.Net;
using System.Net.Http.Headers;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary><c>launcher token</c>, as a process.</summary>
public sealed class TokenCommandTests
{
    [Fact]
    public async Task Token_OfTheDataFolder_IsTakenByItsService()
    {
        await using var service = await RunningService.Start();

        var (code, token, _) = await FeedCommandTests.Launch(
            service, "token", "--role", "uta", "--sub", $"{Guid.NewGuid()}");

        code.ShouldBe(0);
        (await Status(service, "/api/admin/metrics", token)).ShouldBe(HttpStatusCode.OK);
        (await Status(service, "/api/utc/profile", token)).ShouldBe(HttpStatusCode.Forbidden);
        (code, token, _) = await FeedCommandTests.Launch(
            service, "token", "--role", "utb", "--sub", $"{Guid.NewGuid()}",
            "--branch", $"{Guid.NewGuid()}");
        code.ShouldBe(0);
        (await Status(service, "/api/utb/orders?purpose=test", token)).ShouldBe(HttpStatusCode.OK);

        foreach (var arguments in (string[][])
            [["--role", "uta"], ["--role", "root", "--sub", $"{Guid.NewGuid()}"],
             ["--role", "uta", "--sub", "me"], ["--role", "utb", "--sub", $"{Guid.NewGuid()}"],
             ["--role", "uta", "--sub", $"{Guid.NewGuid()}", "--branch", $"{Guid.NewGuid()}"]])
        {
            (code, _, var errors) = await FeedCommandTests.Launch(service, "token", arguments);
            code.ShouldNotBe(0);
            errors.ShouldNotBeEmpty();
        }

        await service.Stop();
        File.Delete(Path.Combine(service.Data, "keys", "keyring.json"));
        foreach (var (command, arguments) in ((string, string[])[])
            [("token", ["--role", "uta", "--sub", $"{Guid.NewGuid()}"]), ("demo", ["1"]),
             ("rotate-keys", []), ("import", ["nothing.ndjson"])])
        {
            (code, _, var missing) = await FeedCommandTests.Launch(service, command, arguments);
            code.ShouldBe(1);
            missing.ShouldContain("run the service once");
            missing.ShouldNotContain("Unhandled");
        }
    }

    private static async Task<HttpStatusCode> Status(
        RunningService service, string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await service.Client.SendAsync(request);
        return answer.StatusCode;
    }
}
