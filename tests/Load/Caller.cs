using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CustomerGrains.Domain.SignIn;
using CustomerGrains.Tests.Support;
using Shouldly;

namespace CustomerGrains.Tests.Load;

/// <summary>Somebody with a token who does as clients are told: what was not answered (a broken
/// connection, no answer in time, 503) is sent again under the same key. Tests that do not look at
/// the very first answer talk to a service through this.</summary>
internal sealed class Caller(Uri api, string? token = null) : IDisposable
{
    public const string Lines = "application/x-ndjson";

    /// <summary>Sooner than <c>Retry-After</c> says, so that kills meet many requests.</summary>
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(15);

    /// <summary>Far above any recovery; only a failing test waits this long.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Between two codes for one contact.</summary>
    private static readonly TimeSpan Cooldown = SignInLimits.ResendCooldown;

    private readonly HttpClient _http = TestHttp.Client(api, AnswerLimit);

    private int _repeated;
    private string? _refusal;

    public string? Token { get; set; } = token;

    /// <summary>Requests that were not answered and sent again.</summary>
    public int Repeated => _repeated;

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
    public async Task<JsonElement> Ask(
        string method, string path, string? body = null, string type = "application/json")
    {
        var (status, text) = await Send(method, path, body, type: type);
        ((int)status).ShouldBeLessThan(300, $"{method} {path}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The first answer that is one: no lost connection, no 503.</summary>
    /// <param name="key">Null: a fresh one.</param>
    /// <param name="record">Begins the record of an attempt, by its number and the key; null where
    /// nothing is written down.</param>
    /// <exception cref="TimeoutException">There is none within two minutes.</exception>
    public async Task<Answered> Send(
        string method, string path, string? body = null, string? key = null,
        string type = "application/json", Func<int, string, Recording>? record = null)
    {
        key ??= Guid.NewGuid().ToString();
        var started = TimeProvider.System.GetTimestamp();
        for (var tries = 1; ; tries++)
        {
            if (await Try(method, path, body, key, type, record?.Invoke(tries, key)) is { } answer)
                return answer with { Tries = tries };
            if (TimeProvider.System.GetElapsedTime(started) > Limit)
                throw new TimeoutException(
                    $"No answer in {tries} tries: {method} {path}; last {_refusal}."
                    + await Diagnosis.OfAll());
            Interlocked.Increment(ref _repeated);
            await Task.Delay(RetryPause);
        }
    }

    /// <summary>Becomes a new guest.</summary>
    /// <returns>The customer's id.</returns>
    public async Task<Guid> BeGuest()
    {
        var tokens = await Ask("POST", "/api/auth/guest", "{}");
        Token = tokens.GetProperty("access_token").GetString();
        return tokens.GetProperty("customer_id").GetGuid();
    }

    /// <summary>Proves a contact and is signed in, or up.</summary>
    /// <returns>The answer with the tokens.</returns>
    public async Task<JsonElement> SignIn(string channel, string contact)
    {
        while (true)
        {
            var known = (await Mail(contact)).Length;
            var start = await Send("POST", "/api/auth/otp",
                $$"""{"channel":"{{channel}}","contact":"{{contact}}"}""");
            // Signing in takes no key: after a lost answer, one waits for the next code.
            if (start is { Status: HttpStatusCode.TooManyRequests, Tries: > 1 })
            {
                await Task.Delay(Cooldown);
                continue;
            }

            start.Status.ShouldBe(HttpStatusCode.Accepted, start.Text);
            var challenge = start.Json.GetProperty("challenge_id");
            var code = await NextCode(contact, known);
            var answer = await Send("POST", "/api/auth/token",
                $$"""{"challenge_id":"{{challenge}}","code":"{{code}}"}""");
            if (answer is { Status: HttpStatusCode.Gone, Tries: > 1 }) continue;
            answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
            Token = answer.Json.GetProperty("access_token").GetString();
            return answer.Json;
        }
    }

    /// <summary>The code of the first message after so many.</summary>
    public async Task<string> NextCode(
        string contact, int known = 0, CancellationToken stop = default)
    {
        JsonElement[] mail = [];
        await Eventually.Holds(
            "a code arrives",
            async () => (mail = await Mail(contact)).Length > known,
            stop);
        return mail[0].GetProperty("code").GetString()!;
    }

    public async Task<JsonElement[]> Mail(string contact) =>
        [.. (await Ask("GET", "/dev/messages?to=" + Uri.EscapeDataString(contact)))
            .GetProperty("items").EnumerateArray()];

    public void Dispose() => _http.Dispose();

    /// <returns>Null when nobody answered.</returns>
    private async Task<Answered?> Try(
        string method, string path, string? body, string key, string type, Recording? recording)
    {
        try
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (body is not null)
                request.Content = new StringContent(body, Encoding.UTF8, type);
            if (method != "GET") request.Headers.Add("Idempotency-Key", key);
            if (Token is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
            using var answer = await _http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            recording?.Heard(answer, text);
            _refusal = $"{answer.StatusCode} {text}";
            return answer.StatusCode == HttpStatusCode.ServiceUnavailable
                ? null
                : new Answered(answer.StatusCode, text)
                {
                    IsReplay = answer.Headers.Contains("Idempotent-Replayed"),
                };
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            recording?.HeardNothing();
            _refusal = e.Message;
            return null;
        }
    }
}

/// <summary>An answer, and how it was come by.</summary>
internal sealed record Answered(HttpStatusCode Status, string Text)
{
    /// <summary>Requests that it took.</summary>
    public int Tries { get; init; } = 1;

    public bool IsReplay { get; init; }

    public JsonElement Json => JsonDocument.Parse(Text).RootElement;
}
