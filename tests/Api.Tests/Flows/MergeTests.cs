using System.Net;
using CustomerGrains.Api.Tests.Http;
using CustomerGrains.Api.Tests.Operation;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Flows;

/// <summary>Administrators merge customers and undo it.</summary>
public sealed class MergeTests(ServiceFixture service)
{
    [Fact]
    public async Task Merge_PreviewedStartedAndUndone_ByAnAdministrator()
    {
        var (survivor, redundant, admin) = await Create();
        var address = await redundant.AddAddress();
        var orders = await OrderSystem.Create(service.Api);
        var order = await orders.Place(redundant.Id, address);
        await orders.Deliver(order);

        var preview = (await Send(admin, survivor.Id, "merge/preview", Body(redundant.Id)))
            .ShouldBe(HttpStatusCode.OK).Json;
        preview.GetProperty("blockers").GetArrayLength().ShouldBe(0);
        var result = preview.GetProperty("result");
        result.GetProperty("total_orders_count").GetInt32().ShouldBe(1);
        result.GetProperty("addresses_count").GetInt32().ShouldBe(1);
        result.GetProperty("masked_phone").GetString()!.ShouldContain("***");

        var started = (await Send(admin, survivor.Id, "merge", Body(redundant.Id), "merge"))
            .ShouldBe(HttpStatusCode.Accepted);
        var merge = started.Member("merge_id");
        (await Send(admin, survivor.Id, "merge", Body(redundant.Id), "merge")).Text
            .ShouldBe(started.Text);
        await Ends(admin, merge, "merged");

        // The old id answers for the survivor.
        var seen = await Get(admin, $"/api/admin/customers/{redundant.Id}");
        seen.ShouldBe(HttpStatusCode.OK).Member("id").ShouldBe(survivor.Id.ToString());
        (await orders.Get(order)).Member("customer_id").ShouldBe(survivor.Id.ToString());
        var history = (await Get(admin, $"/api/admin/customers/{redundant.Id}/history?limit=200"))
            .ShouldBe(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray().ToArray();
        var kinds = history.Select(i => i.GetProperty("kind").GetString()).ToArray();
        kinds.ShouldContain("customer_absorbed");
        kinds.ShouldContain("merged_away");
        kinds.Count(k => k == "signed_up").ShouldBe(2, "both journals");
        var times = history.Select(i => i.GetProperty("at").GetDateTime()).ToArray();
        times.SequenceEqual(times.OrderDescending()).ShouldBeTrue("newest first");
        history.First(i => i.GetProperty("kind").GetString() == "customer_absorbed")
            .GetProperty("reason").GetString().ShouldBe("One person.");
        (await Pages(admin, redundant.Id, 3)).ShouldBe(history.Length);
        (await redundant.Profile()).ShouldBeProblem(401, "token-invalid");

        (await Send(admin, survivor.Id, "merge/undo", Undo(merge)))
            .ShouldBe(HttpStatusCode.Accepted);
        await Ends(admin, merge, "undone");
        (await orders.Get(order)).Member("customer_id").ShouldBe(redundant.Id.ToString());
        (await service.Api.SignUp("phone", redundant.Contact)).Id.ShouldBe(redundant.Id);
        (await survivor.Profile()).Json.GetProperty("phone").ValueKind
            .ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task Undone_TheRiderOfAnOrderThatWentBack_IsAnsweredByFrontEndsThatSawTheMerge()
    {
        var (survivor, redundant, admin) = await Create();
        var orders = await OrderSystem.Create(service.Api);
        var rider = await Rider.Create(service.Api);
        var address = await redundant.AddAddress();
        var (first, second) = (
            await orders.Place(redundant.Id, address), await orders.Place(redundant.Id, address));
        await orders.Deliver(first, rider.Id);
        await orders.Deliver(second, rider.Id);
        var merge = (await Send(admin, survivor.Id, "merge", Body(redundant.Id)))
            .Member("merge_id");
        await Ends(admin, merge, "merged");
        await using var frontEnd = await SecondApi.Start(service);
        var riding = rider with { Api = frontEnd.Api };
        (await riding.Poll(first)).ShouldBe(HttpStatusCode.OK);
        (await riding.Poll(second)).ShouldBe(HttpStatusCode.OK);

        await Send(admin, survivor.Id, "merge/undo", Undo(merge));
        await Ends(admin, merge, "undone");

        (await riding.Poll(first)).ShouldBe(HttpStatusCode.OK);
        (await riding.Acknowledge(second)).ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Blockers_AreNamedWithTheirSide()
    {
        var (survivor, redundant, admin) = await Create();
        await admin.Block(survivor.Id);
        var orders = await OrderSystem.Create(service.Api);
        await orders.Place(redundant.Id, null);

        var refused = (await Send(admin, survivor.Id, "merge", Body(redundant.Id)))
            .ShouldBeProblem(409, "merge-blocked").Json.GetProperty("blockers");
        var preview = (await Send(admin, survivor.Id, "merge/preview", Body(redundant.Id)))
            .ShouldBe(HttpStatusCode.OK).Json.GetProperty("blockers");

        refused.ToString().ShouldBe(preview.ToString());
        refused.EnumerateArray().Select(b => (
                b.GetProperty("code").GetString(), b.GetProperty("customer_id").GetGuid()))
            .ShouldBe([("account-blocked", survivor.Id), ("active-orders", redundant.Id)]);
    }

    [Fact]
    public async Task Requests_ThatMakeNoSense_AreRefused()
    {
        var (survivor, redundant, admin) = await Create();

        (await Send(admin, survivor.Id, "merge", $$"""{"redundant_id":"{{redundant.Id}}"}"""))
            .ShouldBeProblem(400, "invalid-member", "reason");
        (await Send(admin, Guid.NewGuid(), "merge", Body(redundant.Id)))
            .ShouldBeProblem(404, "not-found");
        (await Send(admin, survivor.Id, "merge", Body(Guid.NewGuid())))
            .ShouldBeProblem(409, "merge-blocked").Json.GetProperty("blockers")[0]
            .GetProperty("code").GetString().ShouldBe("customer-unknown");
        (await Send(admin, survivor.Id, "merge", Body(survivor.Id)))
            .ShouldBeProblem(409, "merge-blocked").Json.GetProperty("blockers")[0]
            .GetProperty("code").GetString().ShouldBe("same-customer");
        (await Send(admin, survivor.Id, "merge/undo", Undo(Guid.NewGuid().ToString())))
            .ShouldBeProblem(404, "not-found");
        (await Get(admin, $"/api/admin/merges/{Guid.NewGuid()}")).ShouldBeProblem(404, "not-found");
    }

    private async Task<(Customer Survivor, Customer Redundant, Admin Admin)> Create() => (
        await service.Api.SignUp(),
        await service.Api.SignUp("phone", Contacts.NewPhone()),
        await Admin.Create(service.Api));

    private static string Body(Guid redundant) =>
        $$"""{"redundant_id":"{{redundant}}","reason":"One person."}""";

    private static string Undo(string merge) =>
        $$"""{"merge_id":"{{merge}}","reason":"A mistake."}""";

    private Task<Answer> Send(
        Admin admin, Guid customer, string what, string body, string? key = null) =>
        service.Api.Send(new Call("POST", $"/api/admin/customers/{customer}/{what}")
        {
            Token = admin.Token,
            Key = key,
        }.With(body));

    private Task<Answer> Get(Admin admin, string path) => service.Api.Get(path, admin.Token);

    private Task Ends(Admin admin, string merge, string state) => Eventually.Holds(
        $"the merge is {state}",
        async () => (await Get(admin, $"/api/admin/merges/{merge}")).Member("state") == state,
        TestContext.Current.CancellationToken);

    /// <returns>How many items all pages have.</returns>
    private async Task<int> Pages(Admin admin, Guid customer, int limit)
    {
        var items = 0;
        string? cursor = null;
        do
        {
            var page = (await Get(admin,
                $"/api/admin/customers/{customer}/history?limit={limit}"
                + (cursor is null ? "" : $"&cursor={cursor}"))).ShouldBe(HttpStatusCode.OK).Json;
            items += page.GetProperty("items").GetArrayLength();
            cursor = page.GetProperty("next_cursor").GetString();
        }
        while (cursor is not null);
        return items;
    }
}
