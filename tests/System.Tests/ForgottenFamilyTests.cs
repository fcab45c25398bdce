using System.Net;
using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>Three accounts become one, by codes and by an administrator; then the person is
/// forgotten, and the whole database, the processes' own tables included, is searched for values
/// that only this person had.</summary>
public sealed class ForgottenFamilyTests(ITestOutputHelper output)
{
    private const string Phone = "+919870034501";
    private const string Email = "quokka.linked@example.org";
    private const string Third = "+919870034502";

    private static readonly string[] Canaries =
    [
        Phone, Email, Third, "Quokkafirst", "Quokkasecond", "Quokkathird", "Quokkareason",
        "Quokkahouse1", "Quokkahouse2", "Quokkahouse3", "Quokkagone2", "Quokkatown",
    ];

    [Fact]
    public async Task Forgotten_NothingOfWhomThePersonAbsorbedIsLeft_AndTheChainHolds()
    {
        await using var service = await RunningService.Start(settings: new Dictionary<string, string>
        {
            ["Customers__ErasureGrace"] = "00:00:02",
        });
        using var system = await Caller.Of(service.BaseAddress, "uts", Guid.NewGuid());
        using var admin = await Caller.Of(service.BaseAddress, "uta", Guid.NewGuid());
        using var first = new Caller(service.BaseAddress);
        using var second = new Caller(service.BaseAddress);
        using var third = new Caller(service.BaseAddress);
        Guid[] ids =
        [
            await Live(first, system, "phone", Phone, "first", 1),
            await Live(second, system, "email", Email, "second", 2),
            await Live(third, system, "phone", Third, "third", 3),
        ];
        Guid[] merges = [await Link(first), await Merge(admin, ids[0], ids[2])];
        var canaries = new PersonCanaries(Canaries);
        (await canaries.FindInDatabase(service)).ShouldNotBeEmpty();

        await first.Ask("POST", "/api/utc/privacy/erasure", "{}");
        await Eventually.Holds("the person is forgotten", async () =>
            (await first.Send("GET", "/api/utc/profile")).Status == HttpStatusCode.Unauthorized,
            TestContext.Current.CancellationToken);
        await JournalFollower.CheckAllArrived(service);

        (await canaries.FindInDatabase(service)).ShouldBeEmpty();
        (await canaries.FindInLogs(service)).Found.ShouldBeEmpty();
        output.WriteLine($"{Canaries.Length} canaries of {ids.Length} accounts, 0 hits");
        foreach (var id in ids)
        {
            (await admin.Send("GET", $"/api/admin/customers/{id}")).Status
                .ShouldBe(HttpStatusCode.NotFound);
            foreach (var merge in merges)
            {
                var (status, text) = await admin.Send(
                    "POST", $"/api/admin/customers/{id}/merge/undo",
                    $$"""{"merge_id":"{{merge}}","reason":"A mistake."}""");
                status.ShouldBe(HttpStatusCode.NotFound);
                text.ShouldContain("\"code\":\"not-found\"");
            }
        }

        (await admin.Ask("POST", "/api/admin/audit/verify", "{}"))
            .GetProperty("first_broken").ValueKind
            .ShouldBe(global::System.Text.Json.JsonValueKind.Null);
    }

    /// <summary>With a name, a contact, an address in use, one that was removed, and an order.
    /// </summary>
    private static async Task<Guid> Live(
        Caller person, Caller system, string channel, string contact, string word, int number)
    {
        var id = (await person.SignIn(channel, contact)).GetProperty("customer_id").GetGuid();
        await person.Ask("PATCH", "/api/utc/profile", $$"""{"name":"Quokka{{word}}"}""");
        var home = await Address(person, $"Quokkahouse{number}");
        var gone = await Address(person, $"Quokkagone{number}");
        await person.Ask("DELETE", $"/api/utc/addresses/{gone}");
        var order = Guid.NewGuid();
        await system.Ask("POST", "/api/orders",
            $$"""
            {"order_id":"{{order}}","customer_id":"{{id}}","branch_id":"{{order}}",
             "address_id":"{{home}}","categories":[],"total":"1.01",
             "placed_at":"2026-01-01T00:00:00Z",
             "contact":{"name":"Quokka{{word}}","phone":"{{Phone}}"} }
            """);
        foreach (var status in (string[])["accepted", "picked_up", "delivered"])
            await system.Ask("POST", $"/api/orders/{order}/status", $$"""{"status":"{{status}}"}""");
        return id;
    }

    private static async Task<Guid> Address(Caller person, string line) =>
        (await person.Ask("POST", "/api/utc/addresses",
            $$"""{"line1":"{{line}}","city":"Quokkatown","postal_code":"411001"}"""))
        .GetProperty("id").GetGuid();

    private static async Task<Guid> Link(Caller first)
    {
        var (own, other) = ((await first.Mail(Phone)).Length, (await first.Mail(Email)).Length);
        var link = (await first.Ask("POST", "/api/utc/account-links",
            $$"""{"channel":"email","contact":"{{Email}}"}""")).GetProperty("link_id").GetGuid();
        await first.Ask("POST", $"/api/utc/account-links/{link}/verify",
            $$"""
            {"own_code":"{{await first.NextCode(Phone, own)}}",
             "other_code":"{{await first.NextCode(Email, other)}}"}
            """);
        await Ends(first, $"/api/utc/account-links/{link}");
        return link;
    }

    private static async Task<Guid> Merge(Caller admin, Guid survivor, Guid redundant)
    {
        var merge = (await admin.Ask("POST", $"/api/admin/customers/{survivor}/merge",
            $$"""{"redundant_id":"{{redundant}}","reason":"Quokkareason"}"""))
            .GetProperty("merge_id").GetGuid();
        await Ends(admin, $"/api/admin/merges/{merge}");
        return merge;
    }

    private static Task Ends(Caller caller, string path) => Eventually.Holds(
        "the merge ends",
        async () => (await caller.Ask("GET", path)).GetProperty("state").GetString() == "merged",
        TestContext.Current.CancellationToken);
}
