using System.Net;
using System.Text.Json;
using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>A person who did everything there is to do is exported, then forgotten; then the whole
/// database and all logs are searched for values that only this person had.</summary>
[Trait("Section", "S11")]
public sealed class ForgottenPersonTests(ITestOutputHelper output)
{
    private const string Phone = "+919870012345";
    private const string WantedPhone = "+919870054321";
    private const string OrderPhone = "+919870099887";
    private const string Email = "quokka.canary@example.org";
    private const string Birth = "1977-03-09";

    private static readonly string[] InClear =
        ["Quokkaname", "Quokkacity", "Quokkastate", "Quokkalabel", "QK7711", "23.45678912", "87.65432198"];

    private static readonly string[] Always =
    [
        Phone, WantedPhone, OrderPhone, Email, Birth, "Quokkaline1", "Quokkaline2", "Quokkagone1",
        "Quokkaorder", "Quokkacomment", "Quokkapublic", "Quokkalift",
    ];

    [Fact]
    public async Task Forgotten_NothingOfThePersonIsLeft_InTheDatabaseOrTheLogs()
    {
        await using var service = await RunningService.Start(settings: new Dictionary<string, string>
        {
            ["Customers__ErasureGrace"] = "00:00:02",
        });
        var api = service.BaseAddress;
        using var person = new Caller(api);
        using var system = await Caller.Of(api, "uts", Guid.NewGuid());
        using var admin = await Caller.Of(api, "uta", Guid.NewGuid());
        var (branch, rider) = (Guid.NewGuid(), Guid.NewGuid());
        using var desk = await Caller.Of(api, "utb", Guid.NewGuid(), branch);
        using var courier = await Caller.Of(api, "utd", rider);

        var customer = (await person.SignIn("phone", Phone)).GetProperty("customer_id").GetGuid();
        var order = await LiveThrough(person, system, admin, desk, courier, customer, branch, rider);
        var canaries = new PersonCanaries([.. InClear, .. Always]);

        // The search finds what there is to find: what live rows hold in clear, and nothing else.
        (await canaries.FindInDatabase(service)).Select(f => f.Split(": ")[1]).Distinct()
            .ShouldBe(InClear, ignoreOrder: true);
        await ExportHolds(person, customer, order);

        var asked = await person.Ask("POST", "/api/utc/privacy/erasure", "{}");
        asked.GetProperty("state").GetString().ShouldBe("grace");
        await Eventually.Holds("the person is forgotten", async () =>
            (await person.Send("GET", "/api/utc/profile")).Status == HttpStatusCode.Unauthorized,
            TestContext.Current.CancellationToken);
        // Counted, sealed, and with that also forgotten by the counters.
        await JournalFollower.CheckAllArrived(service);

        (await canaries.FindInDatabase(service)).ShouldBeEmpty();
        var (found, lines) = await canaries.FindInLogs(service);
        found.ShouldBeEmpty();
        lines.ShouldBeGreaterThan(10);
        output.WriteLine(Scoreboard.Add("S11",
            ("canaries", InClear.Length + Always.Length), ("log_lines", lines), ("hits", 0)));

        var seen = await system.Ask("GET", $"/api/orders/{order}");
        seen.GetProperty("status").GetString().ShouldBe("delivered");
        seen.GetProperty("customer_snapshot").GetProperty("name").ValueKind
            .ShouldBe(JsonValueKind.Null);
        var history = await admin.Ask("GET", $"/api/admin/customers/{customer}/history?limit=200");
        history.GetRawText().ShouldNotContain("Quokka");
        history.GetProperty("items").GetArrayLength().ShouldBeGreaterThan(15);
        foreach (var (caller, path) in ((Caller, string)[])
        [
            (courier, $"/api/utd/orders/{order}/contact"),
            (admin, $"/api/admin/customers/{customer}"),
        ])
            (await caller.Send("GET", path)).Status.ShouldBe(HttpStatusCode.NotFound, path);
        (await desk.Ask("GET", $"/api/utb/orders/{order}/customer?purpose=Complaint"))
            .GetProperty("name").ValueKind.ShouldBe(JsonValueKind.Null);

        using var next = new Caller(api);
        var tokens = await next.SignIn("phone", Phone);
        tokens.GetProperty("created").GetBoolean().ShouldBeTrue();
        tokens.GetProperty("customer_id").GetGuid().ShouldNotBe(customer);
    }

    private static async Task<Guid> LiveThrough(
        Caller person, Caller system, Caller admin, Caller desk, Caller courier,
        Guid customer, Guid branch, Guid rider)
    {
        await person.Ask("PATCH", "/api/utc/profile",
            $$"""{"name":"Quokkaname","date_of_birth":"{{Birth}}","gender":"other"}""");
        var media = await person.Ask("POST", "/api/utc/media", """{"content_type":"image/png","bytes":7}""");
        await person.Ask("PATCH", "/api/utc/profile",
            $$"""{"avatar_media_id":"{{media.GetProperty("id")}}"}""");
        var change = await person.Ask("POST", "/api/utc/profile/request-change",
            $$"""{"channel":"email","new_value":"{{Email}}"}""");
        await person.Ask("POST", "/api/utc/profile/verify-change",
            $$"""{"change_id":"{{change.GetProperty("change_id")}}","code":"{{await person.NextCode(Email)}}"}""");
        await person.Ask("POST", "/api/utc/profile/request-change",
            $$"""{"channel":"phone","new_value":"{{WantedPhone}}"}""");
        await person.NextCode(WantedPhone);
        var home = await person.Ask("POST", "/api/utc/addresses",
            """
            {"label":"Quokkalabel","line1":"Quokkaline1","line2":"Quokkaline2","city":"Quokkacity",
             "state":"Quokkastate","postal_code":"QK7711","latitude":23.45678912,"longitude":87.65432198}
            """);
        var gone = await person.Ask("POST", "/api/utc/addresses",
            """{"line1":"Quokkagone1","city":"Quokkacity","postal_code":"QK7711"}""");
        await person.Ask("DELETE", $"/api/utc/addresses/{gone.GetProperty("id")}");
        var now = DateTime.UtcNow.ToString("O");
        await person.Ask("POST", "/api/utc/activity",
            $$"""
            {"events":[{"kind":"session_started","at":"{{now}}","session_id":"s1"},
                       {"kind":"session_ended","at":"{{now}}","session_id":"s1"}]}
            """);
        var order = Guid.NewGuid();
        await system.Ask("POST", "/api/orders",
            $$"""
            {"order_id":"{{order}}","customer_id":"{{customer}}","branch_id":"{{branch}}",
             "address_id":"{{home.GetProperty("id").GetString()}}","categories":["bread"],
             "total":"499.00","placed_at":"2026-01-31T12:00:00Z",
             "contact":{"name":"Quokkaorder","phone":"{{OrderPhone}}"} }
            """);
        await system.Ask("POST", $"/api/orders/{order}/status",
            $$"""{"status":"accepted","rider_id":"{{rider}}"}""");
        await courier.Ask("GET", $"/api/utd/orders/{order}/contact");
        foreach (var status in (string[])["picked_up", "delivered"])
            await system.Ask("POST", $"/api/orders/{order}/status", $$"""{"status":"{{status}}"}""");
        await desk.Ask("GET", $"/api/utb/orders/{order}/customer?purpose=Complaint");
        await admin.Ask("POST", $"/api/admin/customers/{customer}/block",
            """{"reason_code":"abuse","comment":"Quokkacomment","public_reason":"Quokkapublic"}""");
        await admin.Ask("POST", $"/api/admin/customers/{customer}/unblock", """{"comment":"Quokkalift"}""");
        await admin.Ask("POST", $"/api/admin/customers/{customer}/block",
            """
            {"reason_code":"abuse","comment":"Quokkacomment","public_reason":"Quokkapublic",
             "scope":"ordering"}
            """);
        await admin.Ask("GET", $"/api/admin/customers/{customer}?purpose=Ticket");
        await person.SignIn("email", Email);
        return order;
    }

    private static async Task ExportHolds(Caller person, Guid customer, Guid order)
    {
        var started = await person.Ask("POST", "/api/utc/privacy/export", "{}");
        JsonElement made = default;
        await Eventually.Holds("the export is ready", async () =>
        {
            made = await person.Ask("GET", $"/api/utc/privacy/export/{started.GetProperty("export_id")}");
            return made.GetProperty("state").GetString() == "ready";
        }, TestContext.Current.CancellationToken);
        var document = made.GetProperty("document");
        var text = document.GetRawText();
        document.GetProperty("customer_id").GetGuid().ShouldBe(customer);
        foreach (var value in InClear.Concat(Always))
        {
            // What administrators note for themselves is theirs.
            if (value is "Quokkacomment" or "Quokkalift") text.ShouldNotContain(value);
            else text.ShouldContain(value);
        }

        foreach (var member in (string[])
            ["identity", "profile", "bar", "metrics"])
            document.GetProperty(member).ValueKind.ShouldBe(JsonValueKind.Object, member);
        foreach (var member in (string[])
        [
            "addresses", "media", "contact_changes", "codes", "orders", "access_log", "sessions",
            "sign_ins", "history", "exports",
        ])
            document.GetProperty(member).GetArrayLength().ShouldBeGreaterThan(0, member);
        document.GetProperty("addresses").GetArrayLength().ShouldBe(2);
        document.GetProperty("orders")[0].GetProperty("id").GetGuid().ShouldBe(order);
        document.GetProperty("history_is_complete").GetBoolean().ShouldBeTrue();
    }
}
