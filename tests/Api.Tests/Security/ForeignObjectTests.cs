using System.Globalization;
using System.Net;
using CustomerGrains.Api.Tests.Http;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Security;

/// <summary>Random people at random things: whose it is may, and for everybody else it looks exactly
/// like a thing that never was.</summary>
[Trait("Section", "S2")]
public sealed class ForeignObjectTests(ServiceFixture service, ITestOutputHelper output)
{
    private const int People = 12;
    private const int Lanes = 16;

    private static readonly int Attempts = Counts.Of("foreign", 10_000, deep: 200_000);

    /// <summary>Who may, and how a thing is asked for. Bodies are such that the owner's request
    /// leaves the thing there.</summary>
    private static readonly (string Role, string Kind, string Method, string Path, string? Body)[] Ways =
    [
        ("utc", "address", "PATCH", "/api/utc/addresses/{0}", """{"label":"Mine"}"""),
        ("utc", "address", "PATCH", "/api/utc/addresses/{0}/default", """{"is_default":true}"""),
        ("utc", "change", "POST", "/api/utc/profile/verify-change",
            """{"change_id":"{0}","code":"000000"}"""),
        ("utc", "link", "GET", "/api/utc/account-links/{0}", null),
        ("utc", "export", "GET", "/api/utc/privacy/export/{0}", null),
        ("utb", "order", "GET", "/api/utb/orders/{0}/customer?purpose=Ticket", null),
        ("utb", "order", "GET", "/api/utb/orders/{0}/customer", null),
        ("utd", "order", "GET", "/api/utd/orders/{0}/contact", null),
        ("utd", "order", "GET", "/api/utd/orders/{0}/phone-updated", null),
        ("utd", "order", "POST", "/api/utd/orders/{0}/contact/ack", """{"contact_version":0}"""),
    ];

    /// <summary>The same, and the thing is gone when it is one's own: only at others' things.
    /// </summary>
    private static readonly (string Role, string Kind, string Method, string Path, string? Body)[] Ends =
    [
        ("utc", "address", "DELETE", "/api/utc/addresses/{0}", null),
        ("utc", "change", "DELETE", "/api/utc/profile/changes/{0}", null),
        ("utc", "change", "POST", "/api/utc/profile/resend-change", """{"change_id":"{0}"}"""),
        ("utc", "link", "POST", "/api/utc/account-links/{0}/verify", """{"other_code":"123456"}"""),
    ];

    [Fact]
    public async Task AnyThing_ByAnyone_IsThereForItsOwnerOnly()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var people = await Task.WhenAll(Enumerable.Range(0, People).Select(_ => Create()));
        var counts = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(
            lane => Try(new Random(seed + lane), people, Attempts / Lanes)));

        // And nothing that others tried has left a trace.
        foreach (var person in people)
        {
            (await person.Customer.Addresses()).ShouldHaveSingleItem()
                .GetProperty("label").GetString().ShouldBeOneOf("Home", "Mine");
        }

        var (own, foreign) = (counts.Sum(c => c.Own), counts.Sum(c => c.Foreign));
        output.WriteLine(Scoreboard.Add("S2",
            ("attempts", own + foreign), ("own", own), ("foreign", foreign), ("wrong", 0)));
        foreign.ShouldBeGreaterThan(own);
    }

    private async Task<(int Own, int Foreign)> Try(Random random, Person[] people, int attempts)
    {
        var (own, foreign) = (0, 0);
        for (var n = 0; n < attempts; n++)
        {
            var actor = people[random.Next(People)];
            var owner = random.Next(4) == 0 ? actor : people[random.Next(People)];
            var ways = actor == owner ? Ways : [.. Ways, .. Ends];
            var way = ways[random.Next(ways.Length)];
            var answer = await Ask(actor, way, owner.Things[way.Kind]);
            var what = $"{way.Method} {way.Path}: {answer.Text}";
            if (actor == owner)
            {
                own++;
                answer.Status.ShouldNotBe(HttpStatusCode.NotFound, what);
                ((int)answer.Status).ShouldBeLessThan(500, what);
                continue;
            }

            foreign++;
            answer.Status.ShouldBe(HttpStatusCode.NotFound, what);
            if (random.Next(4) != 0) continue;
            var absent = await Ask(actor, way, Guid.NewGuid());
            answer.WithoutTraceId().ShouldBe(absent.WithoutTraceId());
            answer.HeaderNames.ShouldBe(absent.HeaderNames);
        }

        return (own, foreign);
    }

    private Task<Answer> Ask(
        Person actor, (string Role, string Kind, string Method, string Path, string? Body) way,
        Guid thing)
    {
        var id = thing.ToString();
        var call = new Call(way.Method, way.Path.Replace("{0}", id, StringComparison.Ordinal))
        {
            Token = actor.Tokens[way.Role],
        };
        return service.Api.Send(way.Body is null
            ? call
            : call.With(way.Body.Replace("{0}", id, StringComparison.Ordinal)));
    }

    private async Task<Person> Create()
    {
        var api = service.Api;
        var customer = await api.CreateGuest();
        var (branch, rider, order) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var address = await customer.AddAddress();
        var change = await customer.Post(
            ContactChange.RequestPath, ContactChange.BodyOf("email", Contacts.NewEmail()));
        var link = await customer.Post(
            AccountLink.LinksPath, AccountLink.BodyOf("email", Contacts.NewEmail()));
        var export = await customer.Post("/api/utc/privacy/export", "{}");
        var system = await api.Token("uts", Guid.NewGuid());
        var draft = string.Create(CultureInfo.InvariantCulture,
            $$"""
            {"order_id":"{{order}}","customer_id":"{{customer.Id}}","branch_id":"{{branch}}",
             "address_id":null,"categories":[],"total":"1.00","placed_at":"2026-01-31T12:00:00Z",
             "contact":{"name":"Asha Rao","phone":"{{Contacts.NewPhone()}}"} }
            """);
        (await api.Post("/api/orders", draft, system)).ShouldBe(HttpStatusCode.Created);
        (await api.Post($"/api/orders/{order}/status",
            $$"""{"status":"accepted","rider_id":"{{rider}}"}""", system)).ShouldBe(HttpStatusCode.OK);
        return new Person(
            customer,
            new Dictionary<string, string>
            {
                ["utc"] = customer.Token,
                ["utb"] = await api.Token("utb", Guid.NewGuid(), branch),
                ["utd"] = await api.Token("utd", rider),
            },
            new Dictionary<string, Guid>
            {
                ["address"] = address,
                ["change"] = Id(change, "change_id"),
                ["link"] = Id(link, "link_id"),
                ["export"] = Id(export, "export_id"),
                ["order"] = order,
            });

        static Guid Id(Answer answer, string member) =>
            answer.ShouldBe(HttpStatusCode.Accepted).Json.GetProperty(member).GetGuid();
    }

    private sealed record Person(
        Customer Customer, IReadOnlyDictionary<string, string> Tokens,
        IReadOnlyDictionary<string, Guid> Things);
}
