using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using CustomerGrains.Tests.Support;
using Shouldly;

namespace CustomerGrains.System.Tests;

/// <summary>One member of staff who reads one customer over and over, each time for a purpose of
/// its own, where the role states one.</summary>
internal sealed class StaffReader : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http;
    private readonly string _path;

    public StaffReader(Uri api, Guid id, string token, string path)
    {
        (Id, _path) = (id, path);
        _http = TestHttp.Client(api, AnswerLimit);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Guid Id { get; }

    /// <summary>Riders state none.</summary>
    public bool StatesPurpose => !_path.StartsWith("/api/utd/", StringComparison.Ordinal);

    /// <summary>Purposes of reads that were answered.</summary>
    public List<string> Answered { get; } = [];

    /// <summary>Purposes of reads without an answer: they may be in the log or not.</summary>
    public List<string> Unknown { get; } = [];

    public async Task ReadUntil(CancellationToken stop)
    {
        for (var n = 1; !stop.IsCancellationRequested; n++)
        {
            var purpose = string.Create(CultureInfo.InvariantCulture, $"ticket {n}");
            (await IsAnswered(purpose) ? Answered : Unknown).Add(purpose);
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> IsAnswered(string purpose)
    {
        var query = StatesPurpose ? "?purpose=" + Uri.EscapeDataString(purpose) : "";
        try
        {
            using var answer = await _http.GetAsync(new Uri(_path + query, UriKind.Relative));
            if (answer.StatusCode == HttpStatusCode.OK) return true;
            answer.StatusCode.ShouldBe(
                HttpStatusCode.ServiceUnavailable, await answer.Content.ReadAsStringAsync());
            return false;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            return false;
        }
    }
}
