using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerGrains.Tests.Load.Histories;
using CustomerGrains.Tests.Support;
using Shouldly;

namespace CustomerGrains.Tests.Load;

/// <summary>One customer's app: edits the name over and over at a steady rate, each edit under a
/// key of its own, and repeats an edit under the same key until it has an answer.</summary>
internal sealed class LoadClient(Uri api, int number, HistoryWriter? history = null) : IDisposable
{
    private const string Profile = "/api/utc/profile";

    /// <summary>After so many edits it looks at its profile.</summary>
    private const int EditsPerRead = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50); // 20 edits a second
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http = TestHttp.Client(api, AnswerLimit);

    /// <summary>In histories.</summary>
    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"client {number}");

    public Guid CustomerId { get; private set; }

    /// <summary>Edits that were answered with success.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Edits of which an answer was a repetition of one that got lost.</summary>
    public int Replayed { get; private set; }

    /// <summary>Requests that failed and were sent again.</summary>
    public int Retried { get; private set; }

    /// <summary>The longest time from a first try to its answer.</summary>
    public TimeSpan LongestWait { get; private set; }

    public async Task SignUp()
    {
        using var caller = new Caller(api);
        CustomerId = await caller.BeGuest();
        _http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", caller.Token);
    }

    /// <summary>Is the customer of an app that died: an edit that it sent and heard nothing of is
    /// sent again under the same key.</summary>
    /// <param name="edits">All that the app did.</param>
    public async Task TakeOver(IReadOnlyList<Operation> edits)
    {
        CustomerId = edits[0].Customer;
        Acknowledged = edits.Count(e => e.IsOk);
        using var caller = await Caller.Of(api, "utc", CustomerId);
        _http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", caller.Token);
    }

    /// <summary>Goes on from what the service shows, which may be less than it said before: its
    /// database was taken back to an earlier moment.</summary>
    /// <returns>How many acknowledged edits are gone.</returns>
    public async Task<int> GoBack()
    {
        var (version, name) = await ReadProfile();
        var gone = Acknowledged - ((int)version - 1);
        Acknowledged -= gone;
        name.ShouldBe(LastName);
        return gone;
    }

    public async Task EditUntil(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var started = TimeProvider.System.GetTimestamp();
            var version = await Edit($"{Name} edit {Acknowledged + 1}");
            var took = TimeProvider.System.GetElapsedTime(started);
            if (took > LongestWait) LongestWait = took;
            Acknowledged++;
            version.ShouldBe(1 + Acknowledged, "versions are dense, in the order of the answers");
            if (history is not null && Acknowledged % EditsPerRead == 0) await TryRead(history);
            if (took < Pause) await Task.Delay(Pause - took, CancellationToken.None);
        }
    }

    public async Task<(long Version, string? Name)> ReadProfile()
    {
        var profile = await _http.GetFromJsonAsync<JsonElement>(Profile);
        return (profile.GetProperty("version").GetInt64(), profile.GetProperty("name").GetString());
    }

    public string? LastName => Acknowledged == 0 ? null : $"{Name} edit {Acknowledged}";

    public void Dispose() => _http.Dispose();

    private async Task TryRead(HistoryWriter into)
    {
        var recorded = into.Begin(
            $"{CustomerId} read {Acknowledged}", 1, Name, CustomerId, OpKind.Read);
        try
        {
            using var answer = await _http.GetAsync(new Uri(Profile, UriKind.Relative));
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                recorded.Answered((int)answer.StatusCode);
                return;
            }

            var profile = await answer.Content.ReadFromJsonAsync<JsonElement>();
            recorded.Answered(200, profile.GetProperty("version").GetInt64());
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            recorded.Lost();
        }
    }

    private async Task<long> Edit(string name)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"edit-{Acknowledged + 1}");
        for (var attempt = 1; ; attempt++)
        {
            var recorded = history?.Begin(
                $"{CustomerId} {key}", attempt, Name, CustomerId, OpKind.Write,
                HistoryWriter.ScopeOf(CustomerId, Profile, key));
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Patch, Profile)
                {
                    Content = JsonContent.Create(new { name }),
                };
                request.Headers.Add("Idempotency-Key", key);
                using var answer = await _http.SendAsync(request);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    if (answer.Headers.Contains("Idempotent-Replayed")) Replayed++;
                    var body = await answer.Content.ReadAsStringAsync();
                    var profile = JsonDocument.Parse(body).RootElement;
                    profile.GetProperty("name").GetString().ShouldBe(name);
                    var version = profile.GetProperty("version").GetInt64();
                    recorded?.Answered(200, version, body);
                    return version;
                }

                recorded?.Answered((int)answer.StatusCode);
                answer.StatusCode.ShouldBe(
                    HttpStatusCode.ServiceUnavailable, await answer.Content.ReadAsStringAsync());
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
            {
                // The connection broke or nobody answered: the outcome is unknown.
                recorded?.Lost();
            }

            Retried++;
            await Task.Delay(RetryPause);
        }
    }
}
