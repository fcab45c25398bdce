using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CustomerGrains.Tests.Support;
using Shouldly;

namespace CustomerGrains.System.Tests;

/// <summary>Somebody with a token, who repeats what was not answered under the same key.</summary>
internal sealed class Caller(Uri api, string? token = null) : IDisposable
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http =
        new() { BaseAddress = api, Timeout = TimeSpan.FromSeconds(15) };

    public string? Token { get; set; } = token;

    public static async Task<Caller> Of(Uri api, string role, Guid id, Guid? branch = null)
    {
        var caller = new Caller(api);
        var draft = JsonSerializer.Serialize(branch is null
            ? new Dictionary<string, object> { ["role"] = role, ["sub"] = id }
            : new() { ["role"] = role, ["sub"] = id, ["branch_id"] = branch });
        caller.Token = (await caller.Ask("POST", "/dev/token", draft))
            .GetProperty("access_token").GetString();
        return caller;
    }

    /// <summary>The answer to a request that must succeed.</summary>
    public async Task<JsonElement> Ask(string method, string path, string? json = null)
    {
        var (status, text) = await Send(method, path, json);
        ((int)status).ShouldBeLessThan(300, $"{method} {path}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The first answer that is one: no lost connection, no 503.</summary>
    public async Task<(HttpStatusCode Status, string Text)> Send(
        string method, string path, string? json = null)
    {
        var key = Guid.NewGuid().ToString();
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                if (json is not null)
                    request.Content = new StringContent(json, Encoding.UTF8, "application/json");
                if (method != "GET" && path != "/dev/token") request.Headers.Add("Idempotency-Key", key);
                if (Token is not null)
                    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
                using var answer = await _http.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                    return (answer.StatusCode, text);
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Killed in the middle: once more.
            }

            await Task.Delay(RetryPause);
        }
    }

    /// <summary>Proves a contact and is signed in, or up.</summary>
    /// <returns>The answer with the tokens.</returns>
    public async Task<JsonElement> SignIn(string channel, string contact)
    {
        var known = (await Mail(contact)).Length;
        var challenge = (await Ask("POST", "/api/auth/otp",
            $$"""{"channel":"{{channel}}","contact":"{{contact}}"}""")).GetProperty("challenge_id");
        var code = await NextCode(contact, known);
        var tokens = await Ask("POST", "/api/auth/token",
            $$"""{"challenge_id":"{{challenge}}","code":"{{code}}"}""");
        Token = tokens.GetProperty("access_token").GetString();
        return tokens;
    }

    /// <summary>The code of the first message after so many.</summary>
    public async Task<string> NextCode(string contact, int known = 0)
    {
        JsonElement[] mail = [];
        await Eventually.Holds(
            "a code arrives",
            async () => (mail = await Mail(contact)).Length > known,
            CancellationToken.None);
        return mail[0].GetProperty("code").GetString()!;
    }

    public async Task<JsonElement[]> Mail(string contact) =>
        [.. (await Ask("GET", "/dev/messages?to=" + Uri.EscapeDataString(contact)))
            .GetProperty("items").EnumerateArray()];

    public void Dispose() => _http.Dispose();
}
