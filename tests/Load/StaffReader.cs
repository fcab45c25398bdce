using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using CustomerGrains.Tests.Load.Histories;
using CustomerGrains.Tests.Support;
using Shouldly;

namespace CustomerGrains.Tests.Load;

/// <summary>One member of staff who reads one customer over and over, each time for a purpose of
/// its own, where the role states one.</summary>
internal sealed class StaffReader : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http;
    private readonly HistoryWriter _history;
    private readonly Guid _id;
    private readonly Guid _customer;
    private readonly string _path;

    public StaffReader(
        Uri api, HistoryWriter history, Guid id, Guid customer, string token, string path)
    {
        (_history, _id, _customer, _path) = (history, id, customer, path);
        _http = TestHttp.Client(api, AnswerLimit);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Riders state none.</summary>
    private bool StatesPurpose => !_path.StartsWith("/api/utd/", StringComparison.Ordinal);

    public async Task ReadUntil(CancellationToken stop)
    {
        for (var n = 1; !stop.IsCancellationRequested; n++)
        {
            await Read(n);
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task Read(int number)
    {
        var purpose = string.Create(CultureInfo.InvariantCulture, $"ticket {number}");
        var query = StatesPurpose ? "?purpose=" + Uri.EscapeDataString(purpose) : "";
        var recorded = _history.Begin(
            $"{_id} {purpose}", 1, _id.ToString(), _customer, OpKind.StaffRead,
            subject: StatesPurpose ? purpose : null);
        try
        {
            using var answer = await _http.GetAsync(new Uri(_path + query, UriKind.Relative));
            recorded.Answered((int)answer.StatusCode);
            if (answer.StatusCode != HttpStatusCode.OK)
                answer.StatusCode.ShouldBe(
                    HttpStatusCode.ServiceUnavailable, await answer.Content.ReadAsStringAsync());
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            recorded.Lost();
        }
    }
}
