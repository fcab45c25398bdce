using System.Globalization;
using System.Net;
using System.Text.Json;
using CustomerGrains.Api.Tests.Http;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Flows;

/// <summary>Blocks and suspensions, as administrators and customers meet them.</summary>
public sealed class BarTests(ServiceFixture service)
{
    public static TheoryData<string, string> Kinds => new()
    {
        { "blocked", "account-blocked" },
        { "suspended", "account-suspended" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Barred_EveryCallOfTheCustomer_AnswersThePublicReason_UntilItIsLifted(
        string kind, string code)
    {
        var customer = await service.Api.SignUp();
        var admin = await Admin.Create(service.Api);

        (await admin.Block(customer.Id, Admin.Bar(kind))).ShouldBe(HttpStatusCode.OK).Text
            .ShouldBe(
                $$"""{"account_status":"{{kind}}","kind":"{{kind}}","scope":"all","until":null}""");

        foreach (var call in await CustomerCallsOf(customer))
            IsBarred(await service.Api.Send(call), code);
        (await admin.Unblock(customer.Id)).ShouldBe(HttpStatusCode.OK).Text
            .ShouldBe("""{"account_status":"active","kind":null,"scope":null,"until":null}""");
        (await customer.Profile()).ShouldBe(HttpStatusCode.OK).Member("account_status")
            .ShouldBe("active");
    }

    [Fact]
    public async Task Barred_FromOrdering_MayDoEverythingButOrder()
    {
        var customer = await service.Api.SignUp();
        var address = await customer.AddAddress();
        var admin = await Admin.Create(service.Api);
        await admin.Block(customer.Id, Admin.Bar(scope: "ordering"));

        foreach (var call in await CustomerCallsOf(customer))
            (await service.Api.Send(call)).Status.ShouldNotBe(HttpStatusCode.Forbidden, call.Path);
        (await customer.Profile()).ShouldBe(HttpStatusCode.OK).Member("account_status")
            .ShouldBe("blocked");
        (await service.Api.Post("/api/auth/refresh", RefreshOf(customer)))
            .ShouldBe(HttpStatusCode.OK);
        (await service.Api.Post(
            "/api/auth/token", await service.Api.Prove("email", customer.Contact)))
            .ShouldBe(HttpStatusCode.OK);
        var orders = await OrderSystem.Create(service.Api);
        IsBarred(
            await orders.Place(OrderSystem.Draft(customer.Id, address)), "account-blocked");
    }

    [Fact]
    public async Task Barred_SignInAndRefresh_AreRefused_AndTheRefreshTokenStaysGood()
    {
        var customer = await service.Api.SignUp();
        var admin = await Admin.Create(service.Api);
        await admin.Block(customer.Id);

        var proof = await service.Api.Prove("email", customer.Contact);
        IsBarred(await service.Api.Post("/api/auth/token", proof), "account-blocked");
        (await service.Api.Post("/api/auth/token", proof)).ShouldBeProblem(410, "otp-used");
        for (var i = 0; i < 3; i++)
        {
            IsBarred(
                await service.Api.Post("/api/auth/refresh", RefreshOf(customer)),
                "account-blocked");
        }

        await admin.Unblock(customer.Id);
        (await service.Api.Post("/api/auth/refresh", RefreshOf(customer)))
            .ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Suspended_UntilATime_IsFreeFromThenOn_AndTheEndIsRecorded()
    {
        var customer = await service.Api.SignUp();
        var admin = await Admin.Create(service.Api);
        var until = DateTime.UtcNow.AddSeconds(2).ToString("O", CultureInfo.InvariantCulture);
        var suspended = (await admin.Block(customer.Id, Suspension(until)))
            .ShouldBe(HttpStatusCode.OK);
        suspended.Json.GetProperty("until").GetDateTime().Kind.ShouldBe(DateTimeKind.Utc);
        var version = Version(suspended);

        await Eventually.Holds("the end is recorded", async () =>
        {
            var profile = await customer.Profile();
            if (profile.Status != HttpStatusCode.OK)
            {
                IsBarred(profile, "account-suspended");
                return false;
            }

            // By the clock at once, in the history a moment later.
            profile.Member("account_status").ShouldBe("active");
            return Version(profile) == version + 1;
        }, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Block_OfAGuest_LiftedAgain_IsTemporaryAgain()
    {
        var guest = await service.Api.CreateGuest();
        var admin = await Admin.Create(service.Api);
        await admin.Block(guest.Id);
        (await admin.Unblock(guest.Id)).Member("account_status").ShouldBe("temporary");
        (await guest.Profile()).Member("is_temporary").ShouldBe("True");
    }

    [Fact]
    public async Task Barred_OrdersUnderWay_GoOn()
    {
        var customer = await service.Api.SignUp("phone", Contacts.NewPhone());
        var orders = await OrderSystem.Create(service.Api);
        var rider = await Rider.Create(service.Api);
        var order = await orders.Place(customer.Id, await customer.AddAddress());
        var admin = await Admin.Create(service.Api);
        await admin.Block(customer.Id);

        (await orders.Move(order, "accepted", rider.Id)).ShouldBe(HttpStatusCode.OK);
        (await rider.Contact(order)).ShouldBe(HttpStatusCode.OK).Member("snapshot_phone")
            .ShouldBe(customer.Contact);
        (await rider.Poll(order)).ShouldBe(HttpStatusCode.OK);
        (await rider.Acknowledge(order)).ShouldBe(HttpStatusCode.NoContent);
        (await orders.Move(order, "picked_up")).ShouldBe(HttpStatusCode.OK);
        (await orders.Move(order, "delivered")).ShouldBe(HttpStatusCode.OK);
        (await orders.Get(order)).ShouldBe(HttpStatusCode.OK).Member("status")
            .ShouldBe("delivered");
    }

    [Fact]
    public async Task Block_Again_SameContent_KeepsTheVersion_OtherContent_TakesItsPlace()
    {
        var customer = await service.Api.SignUp();
        var admin = await Admin.Create(service.Api);
        var first = await admin.Block(customer.Id);
        var again = await (await Admin.Create(service.Api)).Block(customer.Id);
        again.Text.ShouldBe(first.Text);
        Version(again).ShouldBe(Version(first));

        var other = await admin.Block(customer.Id, Admin.Bar("suspended", "ordering"));
        other.Member("account_status").ShouldBe("suspended");
        Version(other).ShouldBe(Version(first) + 1);
        Version(await admin.Unblock(customer.Id)).ShouldBe(Version(first) + 2);
        Version(await admin.Unblock(customer.Id)).ShouldBe(Version(first) + 2);
    }

    [Fact]
    public async Task Block_UnderAKey_IsTheFirstAnswerAgain_AlsoWhenItWasLiftedSince()
    {
        var customer = await service.Api.SignUp();
        var admin = await Admin.Create(service.Api);
        var first = await admin.Block(customer.Id, key: "k1");
        await admin.Unblock(customer.Id, key: "k1");

        var replay = await admin.Block(customer.Id, key: "k1");

        replay.IsReplay.ShouldBeTrue();
        replay.Body.ShouldBe(first.Body);
        (await customer.Profile()).ShouldBe(HttpStatusCode.OK);
        (await admin.Block(customer.Id, Admin.Bar("suspended"), key: "k1"))
            .ShouldBeProblem(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task Block_ByTenAtOnce_OneBarStands_AndEachIsInTheHistory()
    {
        var customer = await service.Api.SignUp();
        var admins = new List<Admin>();
        for (var i = 0; i < 10; i++) admins.Add(await Admin.Create(service.Api));
        var before = Version(await customer.Profile());

        var answers = await Task.WhenAll(admins.Select((admin, i) => admin.Block(
            customer.Id, $$"""{"reason_code":"r{{i}}","public_reason":"{{i}}"}""")));

        answers.ShouldAllBe(a => a.Status == HttpStatusCode.OK);
        answers.Select(Version).Order().ShouldBe(
            Enumerable.Range(1, 10).Select(i => before + i));
        var last = answers.ToList().IndexOf(answers.MaxBy(Version)!);
        (await customer.Profile()).Member("public_reason")
            .ShouldBe(last.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Block_WithAnOldVersion_IsRefused()
    {
        var customer = await service.Api.SignUp();
        var admin = await Admin.Create(service.Api);
        var tag = (await customer.Profile()).Header("ETag");
        (await admin.Block(customer.Id, ifMatch: tag)).ShouldBe(HttpStatusCode.OK);
        (await admin.Unblock(customer.Id, ifMatch: tag)).ShouldBeProblem(412, "version-mismatch");
    }

    [Fact]
    public async Task Block_OfNobody_IsNotFound()
    {
        var admin = await Admin.Create(service.Api);
        (await admin.Block(Guid.NewGuid())).ShouldBeProblem(404, "not-found");
        (await admin.Unblock(Guid.NewGuid())).ShouldBeProblem(404, "not-found");
        (await admin.Block(Guid.NewGuid(), key: "k")).ShouldBeProblem(404, "not-found");
    }

    public static TheoryData<string, string> BadBodies => new()
    {
        { """{}""", "reason_code" },
        { """{"reason_code":null}""", "reason_code" },
        { """{"reason_code":""}""", "reason_code" },
        { """{"reason_code":"Fraud"}""", "reason_code" },
        { """{"reason_code":"a\n"}""", "reason_code" },
        { $$"""{"reason_code":"{{new string('a', 65)}}"}""", "reason_code" },
        { """{"reason_code":"a","kind":"banned"}""", "kind" },
        { """{"reason_code":"a","kind":5}""", "kind" },
        { """{"reason_code":"a","scope":"none"}""", "scope" },
        { $$"""{"reason_code":"a","comment":"{{new string('a', 501)}}"}""", "comment" },
        { $$"""{"reason_code":"a","public_reason":"{{new string('a', 501)}}"}""", "public_reason" },
        { """{"reason_code":"a","public_reason":"\u0007"}""", "public_reason" },
        { """{"reason_code":"a","kind":"suspended","until":"2020-01-31T12:00:00Z"}""", "until" },
        { """{"reason_code":"a","kind":"suspended","until":"tomorrow"}""", "until" },
        { """{"reason_code":"a","kind":"suspended","until":"2099-01-31T12:00:00"}""", "until" },
        { """{"reason_code":"a","kind":"blocked","until":"2099-01-31T12:00:00Z"}""", "until" },
        { """{"reason_code":"a","until":"2099-01-31T12:00:00Z"}""", "until" },
    };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task Block_WithABadBody_NamesTheMember(string body, string member)
    {
        var customer = await service.Api.CreateGuest();
        var admin = await Admin.Create(service.Api);
        (await admin.Block(customer.Id, body)).ShouldBeProblem(400, "invalid-member", member);
        (await customer.Profile()).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"reason_code":"a","account_status":"x"}""", "read-only-member")]
    [InlineData("""{"reason_code":"a","colour":"x"}""", "unknown-member")]
    [InlineData("""[]""", "malformed-body")]
    public async Task Block_WithAnotherBody_IsRefused(string body, string code) =>
        (await (await Admin.Create(service.Api)).Block(Guid.NewGuid(), body))
            .ShouldBeProblem(400, code);

    [Fact]
    public async Task Block_WithTheLongestAndTheLeast_IsAccepted()
    {
        var customer = await service.Api.SignUp();
        var admin = await Admin.Create(service.Api);
        var text = new string('界', 500);
        (await admin.Block(
            customer.Id,
            $$"""
            {"reason_code":"{{new string('z', 64)}}","comment":"a\nb","public_reason":"{{text}}",
             "kind":"suspended","until":"9999-12-31T23:59:59.999Z"}
            """)).ShouldBe(HttpStatusCode.OK);
        (await customer.Profile()).ShouldBeProblem(403, "account-suspended")
            .Member("public_reason").ShouldBe(text);
        (await admin.Block(customer.Id, """{"reason_code":"a","comment":" ","scope":null}"""))
            .ShouldBe(HttpStatusCode.OK);
        (await customer.Profile()).ShouldBeProblem(403, "account-blocked").Json
            .GetProperty("public_reason").ValueKind.ShouldBe(JsonValueKind.Null);
        (await admin.Unblock(customer.Id, "")).ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>One well-formed call of every operation for customers, from the document: a new
    /// operation is among them without being named here.</summary>
    private async Task<List<Call>> CustomerCallsOf(Customer customer)
    {
        var document = (await service.Api.Get("/openapi/v1.json")).ShouldBe(HttpStatusCode.OK).Json;
        var calls = new List<Call>();
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            if (!path.Name.StartsWith("/api/utc/", StringComparison.Ordinal)) continue;
            foreach (var operation in path.Value.EnumerateObject())
            {
                var call = new Call(
                    operation.Name.ToUpperInvariant(), PathOf(path.Name, operation.Value))
                {
                    Token = customer.Token,
                };
                calls.Add(operation.Value.TryGetProperty("requestBody", out var body)
                    ? call.With(body.GetProperty("content").GetProperty("application/json")
                        .TryGetProperty("example", out var example) ? example.GetRawText() : "{}")
                    : call);
            }
        }

        calls.Count.ShouldBeGreaterThanOrEqualTo(13);
        return calls;
    }

    private static string PathOf(string template, JsonElement operation)
    {
        var path = template;
        while (path.Contains('{', StringComparison.Ordinal))
        {
            path = path[..path.IndexOf('{', StringComparison.Ordinal)] + Guid.NewGuid()
                + path[(path.IndexOf('}', StringComparison.Ordinal) + 1)..];
        }

        if (!operation.TryGetProperty("parameters", out var parameters)) return path;
        var query = parameters.EnumerateArray()
            .Where(p => p.GetProperty("in").GetString() == "query"
                && p.TryGetProperty("required", out var required) && required.GetBoolean())
            .Select(p => p.GetProperty("name").GetString() + "=bread");
        return path + "?" + string.Join('&', query);
    }

    private static void IsBarred(Answer answer, string code) =>
        answer.ShouldBeProblem(403, code).Member("public_reason").ShouldBe(Admin.Reason);

    private static string Suspension(string until) =>
        Admin.Bar("suspended", more: $",\"until\":\"{until}\"");

    private static string RefreshOf(Customer customer) =>
        $$"""{"refresh_token":"{{customer.RefreshToken}}"}""";

    private static long Version(Answer answer) => long.Parse(
        answer.ShouldBe(HttpStatusCode.OK).Header("ETag")!.Trim('"'), CultureInfo.InvariantCulture);
}
