using System.Net;
using System.Text.Json;
using CustomerGrains.Api.Tests.Http;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Flows;

/// <summary>Erasure and export, as customers meet them. What happens when the grace time is over is
/// tested where clocks can be moved, and with real processes.</summary>
public sealed class PrivacyTests(ServiceFixture service)
{
    private const string Erasure = "/api/utc/privacy/erasure";
    private const string Export = "/api/utc/privacy/export";

    [Fact]
    public async Task Erasure_AskedForReadAndCancelled()
    {
        var customer = await service.Api.SignUp();
        (await customer.Get(Erasure)).ShouldBeProblem(404, "erasure-unknown");
        (await customer.Delete(Erasure)).ShouldBeProblem(404, "erasure-unknown");

        var asked = (await customer.Post(Erasure, "{}")).ShouldBe(HttpStatusCode.Accepted);
        asked.Member("state").ShouldBe("grace");
        var runsAt = asked.Json.GetProperty("runs_at").GetDateTime();
        runsAt.ShouldBe(DateTime.UtcNow.AddDays(7), TimeSpan.FromMinutes(1));
        (await customer.Get(Erasure)).ShouldBe(HttpStatusCode.OK).Text.ShouldBe(asked.Text);
        (await customer.Post(Erasure, "")).ShouldBe(HttpStatusCode.Accepted).Text
            .ShouldBe(asked.Text);

        (await customer.Delete(Erasure)).ShouldBe(HttpStatusCode.NoContent);
        (await customer.Get(Erasure)).ShouldBeProblem(404, "erasure-unknown");
        (await customer.Profile()).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Erasure_WithAnOrderUnderWay_IsDeferred_AndNamesIt()
    {
        var customer = await service.Api.SignUp();
        var orders = await OrderSystem.Create(service.Api);
        var order = await orders.Place(customer.Id, await customer.AddAddress());

        var asked = (await customer.Post(Erasure, "{}")).ShouldBe(HttpStatusCode.Accepted);
        asked.Member("state").ShouldBe("deferred");
        var wait = asked.Json.GetProperty("waiting_for").EnumerateArray().ShouldHaveSingleItem();
        wait.GetRawText().ShouldBe(
            $$"""{"kind":"active_order","order_id":"{{order}}","until":null}""");

        await orders.Deliver(order);
        (await customer.Get(Erasure)).Member("state").ShouldBe("grace");
    }

    [Fact]
    public async Task Erasure_RepeatedUnderItsKey_GetsTheFirstAnswer()
    {
        var customer = await service.Api.SignUp();
        var first = await customer.Post(Erasure, "{}", key: "once");
        await customer.Delete(Erasure);
        (await customer.Post(Erasure, "{}", key: "once")).Text.ShouldBe(first.Text);
        (await customer.Get(Erasure)).ShouldBeProblem(404, "erasure-unknown");
        (await customer.Post(Erasure, """{"why":"so"}""")).ShouldBeProblem(400, "unknown-member");
        (await customer.Send("POST", Erasure, "{}", ifMatch: "\"999\""))
            .ShouldBeProblem(412, "version-mismatch");
    }

    [Fact]
    public async Task Export_HoldsWhatThereIs_AndIsNobodyElses()
    {
        var customer = await service.Api.SignUp();
        await customer.Edit("""{"name":"Ann"}""");
        await customer.AddAddress();
        var stranger = await service.Api.SignUp();

        var started = (await customer.Post(Export, "{}")).ShouldBe(HttpStatusCode.Accepted);
        started.Member("state").ShouldBe("running");
        var path = $"{Export}/{started.Member("export_id")}";
        var document = (await Ready(customer, path)).GetProperty("document");

        document.GetProperty("identity").GetProperty("name").GetString().ShouldBe("Ann");
        document.GetProperty("identity").GetProperty("email").GetString().ShouldBe(customer.Contact);
        document.GetProperty("addresses")[0].GetProperty("line1").GetString()
            .ShouldBe("12 Lake Road");
        document.GetProperty("history").EnumerateArray()
            .Select(row => row.GetProperty("events")[0].GetProperty("kind").GetString())
            .ShouldBe(["export_requested", "address_added", "name_changed", "signed_up"]);
        (await stranger.Get(path)).ShouldBeProblem(404, "not-found");
        (await customer.Get($"{Export}/{Guid.NewGuid()}")).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Export_SixthInADay_IsRefusedUntilTheFirstIsADayOld()
    {
        var customer = await service.Api.CreateGuest();
        for (var i = 0; i < 5; i++)
        {
            var started = (await customer.Post(Export, "{}")).ShouldBe(HttpStatusCode.Accepted);
            await Ready(customer, $"{Export}/{started.Member("export_id")}");
        }

        var refused = await customer.Post(Export, "{}");
        refused.ShouldBeProblem(429, "export-limit");
        refused.Header("Retry-After").ShouldNotBeNull();
    }

    private static async Task<JsonElement> Ready(Customer customer, string path)
    {
        Answer? answer = null;
        await Eventually.Holds("the export is ready", async () =>
        {
            answer = (await customer.Get(path)).ShouldBe(HttpStatusCode.OK);
            return answer.Member("state") == "ready";
        }, TestContext.Current.CancellationToken);
        return answer!.Json;
    }
}
