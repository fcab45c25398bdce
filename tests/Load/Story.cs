using System.Globalization;
using System.Net;
using CustomerGrains.Tests.Load.Histories;
using Shouldly;

namespace CustomerGrains.Tests.Load;

/// <summary>One customer after another signs up with a code, orders, and changes the phone with a
/// code while a rider asks for it; then the order is delivered. Codes are shown wrong, right, and
/// once more.</summary>
internal sealed class Story : IDisposable
{
    private const string Wrong = "000000";

    /// <summary>There are 100 generations.</summary>
    private const int PhonesPerGeneration = 10_000;

    private static readonly TimeSpan BetweenPolls = TimeSpan.FromMilliseconds(50);

    private readonly Uri _api;
    private readonly int _number;
    private readonly HistoryWriter _history;
    private readonly Caller _system;
    private readonly Caller _rider;
    private readonly Guid _riderId;
    private readonly Recorder _ordering;
    private readonly Recorder _riding;
    private int _phones;

    private Story(
        Uri api, int number, HistoryWriter history, int generation,
        (Caller Caller, Guid Id) system, (Caller Caller, Guid Id) rider)
    {
        (_api, _number, _history) = (api, number, history);
        _phones = generation * PhonesPerGeneration;
        (_system, _rider, _riderId) = (system.Caller, rider.Caller, rider.Id);
        _ordering = new Recorder(_system, history, Client, system.Id);
        _riding = new Recorder(_rider, history, rider.Id.ToString(), rider.Id);
    }

    /// <summary>Customers who came to their end.</summary>
    public int Told { get; private set; }

    private string Client => string.Create(CultureInfo.InvariantCulture, $"story {_number}");

    /// <param name="generation">Of those with this number, which have other customers.</param>
    public static async Task<Story> Begin(
        Uri api, int number, HistoryWriter history, int generation)
    {
        var (system, rider) = (Guid.NewGuid(), Guid.NewGuid());
        return new Story(
            api, number, history, generation, (await Caller.Of(api, "uts", system), system),
            (await Caller.Of(api, "utd", rider), rider));
    }

    public async Task TellUntil(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var caller = new Caller(_api);
            // Signing in takes no key: whose answer got lost begins anew, as somebody else.
            if (await SignUp(caller) is not { } customer) continue;
            await Live(caller, customer);
            Told++;
        }
    }

    public void Dispose()
    {
        _system.Dispose();
        _rider.Dispose();
    }

    /// <returns>Null when an answer got lost.</returns>
    private async Task<Guid?> SignUp(Caller caller)
    {
        var phone = NextPhone();
        var start = await caller.Send(
            "POST", "/api/auth/otp", $$"""{"channel":"phone","contact":"{{phone}}"}""");
        if (start is { Tries: > 1, Status: not HttpStatusCode.Accepted }) return null;
        var challenge = Expect(HttpStatusCode.Accepted, start)
            .Json.GetProperty("challenge_id").GetString()!;
        var code = await caller.NextCode(phone);
        var recorder = new Recorder(caller, _history, Client, Guid.Empty);
        Guid? customer = null;
        var isCertain = true;
        foreach (var (shown, name, status) in Showings(code))
        {
            var answer = await recorder.Send(
                new(OpKind.SignIn, Guid.Empty, $"{challenge}-{name}", challenge),
                "POST", "/api/auth/token",
                $$"""{"challenge_id":"{{challenge}}","code":"{{shown}}"}""");
            isCertain &= answer.Tries == 1;
            if (isCertain) Expect(status, answer);
            if (answer.Status != HttpStatusCode.OK) continue;
            caller.Token = answer.Json.GetProperty("access_token").GetString();
            customer = answer.Json.GetProperty("customer_id").GetGuid();
        }

        return customer;
    }

    private async Task Live(Caller caller, Guid customer)
    {
        var person = new Recorder(caller, _history, Client, customer);
        var order = Guid.CreateVersion7();
        await Place(customer, order);
        await Report(
            customer, order, "accepted", $$"""{"status":"accepted","rider_id":"{{_riderId}}"}""");
        using var changed = new CancellationTokenSource();
        var riding = Ride(customer, order, changed.Token);
        await ChangePhone(caller, person, customer, order);
        await changed.CancelAsync();
        Expect(HttpStatusCode.OK, await person.Send(
            new(OpKind.Read, customer, $"{order}-profile"), "GET", "/api/utc/profile"));
        await Look(customer, order, "changed");
        await riding;
        foreach (var status in (string[])["picked_up", "delivered"])
            await Report(customer, order, status, $$"""{"status":"{{status}}"}""");
        await Look(customer, order, "delivered");
    }

    private async Task Place(Guid customer, Guid order) => Expect(
        HttpStatusCode.Created, await _ordering.Send(
            new(OpKind.Placement, customer, order.ToString(), order.ToString()),
            "POST", "/api/orders",
            $$"""
            {"order_id":"{{order}}","customer_id":"{{customer}}","branch_id":"{{_riderId}}",
             "address_id":null,"categories":[],"total":"1.00","placed_at":"2026-01-01T00:00:00Z"}
            """,
            scopeCustomer: customer));

    private async Task Report(Guid customer, Guid order, string status, string report) => Expect(
        HttpStatusCode.OK, await _ordering.Send(
            new(OpKind.Write, customer, $"{order}-{status}"),
            "POST", $"/api/orders/{order}/status", report));

    private async Task Look(Guid customer, Guid order, string when) => Expect(
        HttpStatusCode.OK, await _ordering.Send(
            new(OpKind.OrderRead, customer, $"{order}-seen-{when}", order.ToString()),
            "GET", $"/api/orders/{order}"));

    private async Task ChangePhone(Caller caller, Recorder person, Guid customer, Guid order)
    {
        var phone = NextPhone();
        var asked = Expect(HttpStatusCode.Accepted, await person.Send(
            new(OpKind.Write, customer, $"{order}-change"), "POST",
            "/api/utc/profile/request-change",
            $$"""{"channel":"phone","new_value":"{{phone}}","confirm_active_order":true}"""));
        var change = asked.Json.GetProperty("change_id").GetString()!;
        foreach (var (shown, name, status) in Showings(await caller.NextCode(phone)))
        {
            var kind = status == HttpStatusCode.OK ? OpKind.PhoneChange : OpKind.Guess;
            Expect(status, await person.Send(
                new(kind, customer, $"{order}-{name}", change), "POST",
                "/api/utc/profile/verify-change",
                $$"""{"change_id":"{{change}}","code":"{{shown}}"}"""));
        }
    }

    /// <summary>Asks until the phone is changed, and once more afterwards; says what was seen.
    /// </summary>
    private async Task Ride(Guid customer, Guid order, CancellationToken changed)
    {
        var isLast = false;
        for (var n = 1; !isLast; n++)
        {
            isLast = changed.IsCancellationRequested;
            var seen = await Poll($"{n}");
            if (!seen.Json.GetProperty("phone_updated").GetBoolean())
            {
                await Task.Delay(BetweenPolls, CancellationToken.None);
                continue;
            }

            var version = seen.Json.GetProperty("contact_version").GetInt64();
            Expect(HttpStatusCode.NoContent, await _riding.Send(
                new(OpKind.Acknowledge, customer, $"{order}-seen-{version}", $"{order}", version),
                "POST", $"/api/utd/orders/{order}/contact/ack",
                $$"""{"contact_version":{{version}}}"""));
            await Poll($"{n}-again");
        }

        async Task<Answered> Poll(string name) => Expect(HttpStatusCode.OK, await _riding.Send(
            new(OpKind.Poll, customer, $"{order}-poll-{name}", order.ToString()),
            "GET", $"/api/utd/orders/{order}/phone-updated"));
    }

    /// <summary>What is shown, under which name, and how it is answered.</summary>
    private static (string Code, string Name, HttpStatusCode Status)[] Showings(string code)
    {
        var wrong = code == Wrong ? "000001" : Wrong;
        return
        [
            (wrong, "wrong", HttpStatusCode.UnprocessableEntity),
            (wrong, "wrong-again", HttpStatusCode.UnprocessableEntity),
            (code, "right", HttpStatusCode.OK),
            (code, "used", HttpStatusCode.Gone),
        ];
    }

    /// <summary>Nobody else's.</summary>
    private string NextPhone() =>
        string.Create(CultureInfo.InvariantCulture, $"+919{_number:D3}{++_phones:D6}");

    private static Answered Expect(HttpStatusCode status, Answered answer)
    {
        answer.Status.ShouldBe(status, answer.Text);
        return answer;
    }
}
