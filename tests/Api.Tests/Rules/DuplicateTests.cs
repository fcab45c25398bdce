using System.Globalization;
using System.Net;
using System.Text;
using CustomerGrains.Api.Tests.Http;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Rules;

/// <summary>Every request comes up to five times at once, and some again when all is over: one
/// effect and one answer for each key.</summary>
[Trait("Section", "R10")]
public sealed class DuplicateTests(ServiceFixture service, ITestOutputHelper output)
{
    private const int KeysPerCustomer = 40;
    private const int TimesAtOnceMax = 5;
    private const int Lanes = 8;

    private static readonly int Keys = Counts.Of("keys", 10_000, deep: 200_000);

    private readonly Tally _tally = new();

    [Fact]
    public async Task AnyCommand_SentUpToFiveTimesAtOnceAndAgain_HasOneEffectAndOneAnswer()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        using var api = ApiClient.WithoutCanaries(service.Api.BaseAddress);
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(async _ =>
        {
            for (int n; (n = Interlocked.Increment(ref next)) <= Keys / KeysPerCustomer;)
                await Live(await api.CreateGuest(), new Random(seed + n));
        }));

        output.WriteLine(Scoreboard.Add("R10",
            ("keys", _tally.Keys), ("duplicates", _tally.Duplicates),
            ("late", _tally.Late), ("other_requests", _tally.Others), ("repeated", _tally.Again),
            ("doubled", 0)));
        _tally.Keys.ShouldBe(Keys / KeysPerCustomer * KeysPerCustomer);
        _tally.Duplicates.ShouldBeGreaterThan(Keys);
        _tally.Late.ShouldBeGreaterThan(Keys / 8);
        _tally.Others.ShouldBeGreaterThan(Keys / 20);
    }

    private async Task Live(Customer customer, Random random)
    {
        var (sent, addresses) = (new List<(Call Call, Answer Answer)>(), 0);
        for (var n = 0; n < KeysPerCustomer; n++)
        {
            var call = Command(random, n) with
            {
                Token = customer.Token,
                Key = string.Create(CultureInfo.InvariantCulture, $"key-{n}"),
            };
            if (call.Path == Customer.AddressesPath) addresses++;
            sent.Add((call, await SendAtOnce(customer.Api, call, Times(random))));
            if (random.Next(10) == 0)
                await SendOther(customer.Api, sent[random.Next(sent.Count)].Call);
        }

        foreach (var (call, first) in sent.Where(_ => random.Next(4) == 0))
        {
            Same(first, await Send(customer.Api, call)).IsReplay.ShouldBeTrue(call.Path);
            Interlocked.Increment(ref _tally.Late);
        }

        // The birth, and one version for each key.
        (await customer.Profile()).Json.GetProperty("version").GetInt64()
            .ShouldBe(1 + KeysPerCustomer);
        (await customer.Addresses()).Length.ShouldBe(addresses);
    }

    /// <summary>More often few than many.</summary>
    private static int Times(Random random) =>
        1 + Math.Min(random.Next(TimesAtOnceMax), random.Next(TimesAtOnceMax));

    private static Call Command(Random random, int number) => random.Next(4) switch
    {
        0 => new Call("POST", Customer.AddressesPath).With(Customer.Home),
        1 => new Call("POST", "/api/utc/media").With("""{"content_type":"image/png","bytes":10}"""),
        _ => new Call("PATCH", Customer.ProfilePath).With($$"""{"name":"Asha {{number}}"}"""),
    };

    /// <returns>One of the equal answers.</returns>
    private async Task<Answer> SendAtOnce(ApiClient api, Call call, int times)
    {
        var before = Volatile.Read(ref _tally.Again);
        var answers = await Task.WhenAll(Enumerable.Range(0, times).Select(_ => Send(api, call)));
        foreach (var answer in answers)
        {
            ((int)answer.Status).ShouldBeLessThan(300, answer.Text);
            Same(answers[0], answer);
        }

        // A front end that did not hear of the first may have been answered by the second.
        if (Volatile.Read(ref _tally.Again) == before)
            answers.Count(a => !a.IsReplay).ShouldBe(1, $"{call.Method} {call.Path}");
        Interlocked.Increment(ref _tally.Keys);
        Interlocked.Add(ref _tally.Duplicates, times - 1);
        return answers[0];
    }

    private async Task SendOther(ApiClient api, Call call)
    {
        // With another name, label or size.
        var text = Encoding.UTF8.GetString(call.Body!)
            .Replace("Asha", "Usha", StringComparison.Ordinal)
            .Replace("Home", "Work", StringComparison.Ordinal)
            .Replace("10}", "11}", StringComparison.Ordinal);
        var other = await Send(api, call.With(text));
        other.ShouldBeProblem(422, "idempotency-key-reused");
        Interlocked.Increment(ref _tally.Others);
    }

    /// <summary>Once more where the service is too busy to answer.</summary>
    private async Task<Answer> Send(ApiClient api, Call call)
    {
        while (true)
        {
            var answer = await api.Send(call);
            if (answer.Status != HttpStatusCode.ServiceUnavailable) return answer;
            Interlocked.Increment(ref _tally.Again);
        }
    }

    private static Answer Same(Answer first, Answer second)
    {
        second.Status.ShouldBe(first.Status);
        second.Body.ShouldBe(first.Body);
        second.Header("ETag").ShouldBe(first.Header("ETag"));
        return second;
    }

    private sealed class Tally
    {
        public int Keys;
        public int Duplicates;
        public int Late;
        public int Others;
        public int Again;
    }
}
