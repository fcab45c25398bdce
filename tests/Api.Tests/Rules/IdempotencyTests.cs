using System.Net;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Rules;

/// <summary>Same key: same request, same answer, one effect.</summary>
[Trait("Section", "R10")]
public sealed class IdempotencyTests(ServiceFixture service)
{
    private static string NewKey() => Guid.NewGuid().ToString();

    [Fact]
    public async Task AddAddress_SameKeyAndRequest_GivesTheFirstAnswerAgain()
    {
        var customer = await service.Api.CreateGuest();
        var key = NewKey();

        var first = await customer.Post(Customer.AddressesPath, Customer.Home, key);
        await customer.Edit("""{"name":"Asha"}""");
        var second = await customer.Post(Customer.AddressesPath, Customer.Home, key);

        first.ShouldBe(HttpStatusCode.Created).IsReplay.ShouldBeFalse();
        second.ShouldBe(HttpStatusCode.Created).IsReplay.ShouldBeTrue();
        second.Body.ShouldBe(first.Body);
        second.Header("ETag").ShouldBe(first.Header("ETag"));
        (await customer.Addresses()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task EveryCommand_SameKeyAndRequest_IsReplayed()
    {
        var customer = await service.Api.CreateGuest();
        var first = await customer.AddAddress();
        var second = await customer.AddAddress();
        (string Method, string Path, string Body)[] commands =
        [
            ("PATCH", Customer.ProfilePath, """{"name":"Asha"}"""),
            ("POST", "/api/utc/media", """{"content_type":"image/png","bytes":10}"""),
            ("PATCH", Customer.AddressPath(first), """{"label":"Work"}"""),
            ("PATCH", Customer.DefaultPath(second), """{"is_default":true}"""),
            ("DELETE", Customer.AddressPath(first), ""),
        ];

        foreach (var (method, path, body) in commands)
        {
            var key = NewKey();
            var once = await customer.Send(method, path, body, key);
            var twice = await customer.Send(method, path, body, key);

            ((int)once.Status).ShouldBeInRange(200, 204);
            twice.Status.ShouldBe(once.Status);
            twice.IsReplay.ShouldBeTrue($"{method} {path}");
            twice.Body.ShouldBe(once.Body);
            twice.Header("ETag").ShouldBe(once.Header("ETag"));
        }
    }

    [Fact]
    public async Task AnyCommand_SameKeyOtherRequest_IsRefused()
    {
        var customer = await service.Api.CreateGuest();
        var id = await customer.AddAddress();
        var key = NewKey();
        var path = Customer.AddressPath(id);
        (await customer.Patch(path, """{"label":"A"}""", key)).ShouldBe(HttpStatusCode.OK);

        var otherBody = await customer.Patch(path, """{"label":"B"}""", key);
        var otherBytes = await customer.Patch(path, """{"label": "A"}""", key);
        var otherQuery = await customer.Patch(
            path + "?confirm_active_order=true", """{"label":"A"}""", key);
        var otherMethod = await customer.Delete(path, key);

        otherBody.ShouldBeProblem(422, "idempotency-key-reused");
        otherBytes.ShouldBeProblem(422, "idempotency-key-reused");
        otherQuery.ShouldBeProblem(422, "idempotency-key-reused");
        otherMethod.ShouldBeProblem(422, "idempotency-key-reused");
        (await customer.Addresses()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task AnyCommand_SameKeyOtherPathOrCustomer_IsAnotherRequest()
    {
        var customer = await service.Api.CreateGuest();
        var other = await service.Api.CreateGuest();
        var key = NewKey();

        var answers = new[]
        {
            await customer.Edit("""{"name":"Asha"}""", key),
            await customer.Post(Customer.AddressesPath, Customer.Home, key),
            await other.Edit("""{"name":"Usha"}""", key),
        };

        answers.ShouldAllBe(answer => !answer.IsReplay && (int)answer.Status < 300);
    }

    [Fact]
    public async Task AddAddress_FiftyDuplicatesInFlight_OneEffectAndEqualAnswers()
    {
        var customer = await service.Api.CreateGuest();
        var key = NewKey();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(
            _ => customer.Post(Customer.AddressesPath, Customer.Home, key)));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.Created);
        answers.Count(answer => !answer.IsReplay).ShouldBe(1);
        answers.Select(answer => answer.Text).Distinct().ShouldHaveSingleItem();
        (await customer.Addresses()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task AnyCommand_RefusedUnderAKey_IsDecidedAnew()
    {
        var customer = await service.Api.CreateGuest();
        var key = NewKey();
        var stale = (await customer.Profile()).Header("ETag");
        await customer.Edit("""{"name":"Asha"}""");

        var refused = await customer.Edit("""{"name":"Usha"}""", key, ifMatch: stale);
        var accepted = await customer.Edit("""{"name":"Usha"}""", key);

        refused.ShouldBeProblem(412, "version-mismatch");
        accepted.ShouldBe(HttpStatusCode.OK).IsReplay.ShouldBeFalse();
    }

    [Fact]
    public async Task SignIn_WithAKey_IgnoresIt()
    {
        var key = NewKey();

        var answers = new List<Answer>();
        for (var i = 0; i < 2; i++)
        {
            answers.Add(await service.Api.Send(
                new Call("POST", "/api/auth/guest") { Key = key }.With("{}")));
        }

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.Created && !answer.IsReplay);
        answers[0].Member("customer_id").ShouldNotBe(answers[1].Member("customer_id"));
    }
}
