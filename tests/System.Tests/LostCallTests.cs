using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>What a silo had in hand when it went does not make its callers wait for a time-out.
/// </summary>
[Trait("Section", "R1"), Trait("Section", "R3")]
public sealed class LostCallTests : IDisposable
{
    private const int Customers = 24;

    /// <summary>Only a failing test waits for it.</summary>
    private const string CallTimeout = "00:02:00";

    private static readonly Uri Profile = new("/api/utc/profile", UriKind.Relative);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private readonly List<HttpClient> _phones = [];

    [Theory, InlineData(true), InlineData(false)]
    public async Task EditsThatASiloTookWithIt_AreAnsweredLongBeforeTheTimeout(bool killed)
    {
        await using var service = await RunningService.Start(
            silos: 2, settings: new Dictionary<string, string>
            {
                ["Orleans__ResponseTimeout"] = CallTimeout,
            });
        for (var number = 0; number < Customers; number++) await SignUp(service);

        var (silo, goOn, edits) = await PauseOneWithCustomers(service);
        if (killed) service.KillSilo(silo).ShouldBeTrue();
        var answers = await Task.WhenAll(edits).WaitAsync(Soon);
        // Some succeed late: the other silo had only waited for a word of the one that went.
        answers.ShouldBeSubsetOf([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable]);
        if (!killed) goOn();
    }

    public void Dispose() => _phones.ForEach(phone => phone.Dispose());

    private async Task SignUp(RunningService service)
    {
        using var caller = new Caller(service.BaseAddress);
        await caller.BeGuest();
        var phone = TestHttp.Client(service.BaseAddress);
        phone.DefaultRequestHeaders.Authorization = new("Bearer", caller.Token);
        _phones.Add(phone);
    }

    /// <summary>Where customers live is the cluster's choice, and it may have put all into one silo.
    /// </summary>
    private async Task<(int Silo, Action GoOn, List<Task<HttpStatusCode>> Edits)>
        PauseOneWithCustomers(RunningService service)
    {
        for (var silo = 0; ; silo++)
        {
            var goOn = service.PauseSilo(silo);
            var edits = _phones.ConvertAll(Edit);
            if (!Array.TrueForAll(await Task.WhenAll(_phones.Select(IsServed)), served => served))
                return (silo, goOn, edits);
            silo.ShouldBe(0, "one of the two has customers");
            goOn();
            await Task.WhenAll(edits);
        }
    }

    private static async Task<bool> IsServed(HttpClient phone)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            using var answer = await phone.GetAsync(Profile, limit.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Without a key: the front end must not send it twice.</summary>
    private static async Task<HttpStatusCode> Edit(HttpClient phone)
    {
        using var body = JsonContent.Create(
            new { name = "Asha" }, new MediaTypeHeaderValue("application/merge-patch+json"));
        using var answer = await phone.PatchAsync(Profile, body);
        return answer.StatusCode;
    }
}
