using System.Net;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Flows;

public sealed class VerificationTests(ServiceFixture service)
{
    private const string Body =
        """{"is_verified":true,"evidence":"Passport 4711","comment":"Seen by video."}""";

    [Fact]
    public async Task Verify_ShowsInTheProfileAndTheHistory_AndIsRepeatable()
    {
        var customer = await service.Api.SignUp();
        var admin = await Admin.Create(service.Api);
        (await customer.Profile()).Json.GetProperty("is_verified").GetBoolean().ShouldBeFalse();

        var first = await Verify(admin, customer.Id, Body, "one");
        first.ShouldBe(HttpStatusCode.OK).Text.ShouldBe("""{"is_verified":true}""");
        var again = await Verify(admin, customer.Id, Body, "one");
        again.Body.ShouldBe(first.Body);
        again.Header("Idempotent-Replayed").ShouldBe("true");
        (await Verify(admin, customer.Id, Body)).Header("ETag").ShouldBe(first.Header("ETag"));

        (await customer.Profile()).Json.GetProperty("is_verified").GetBoolean().ShouldBeTrue();
        var item = (await service.Api.Get(
                $"/api/admin/customers/{customer.Id}/history?kind=verification_changed",
                admin.Token)).Json.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        item.GetProperty("actor").GetProperty("id").GetGuid().ShouldBe(admin.Id);
        item.GetProperty("reason").GetString().ShouldBe("Passport 4711\nSeen by video.");
        (await customer.Get("/api/utc/history")).Text.ShouldNotContain("4711");

        (await Verify(admin, customer.Id, """{"is_verified":false,"comment":"Forged."}"""))
            .ShouldBe(HttpStatusCode.OK);
        (await customer.Profile()).Json.GetProperty("is_verified").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("{}", "is_verified")]
    [InlineData("""{"is_verified":null,"evidence":"x"}""", "is_verified")]
    [InlineData("""{"is_verified":"yes","evidence":"x"}""", "is_verified")]
    [InlineData("""{"is_verified":true}""", "evidence")]
    [InlineData("""{"is_verified":true,"evidence":"  "}""", "evidence")]
    [InlineData("""{"is_verified":true,"evidence":"a\u0001"}""", "evidence")]
    [InlineData("""{"is_verified":true,"evidence":"x","comment":5}""", "comment")]
    public async Task Verify_WithABadBody_NamesTheMember(string body, string member)
    {
        var customer = await service.Api.CreateGuest();
        var admin = await Admin.Create(service.Api);
        (await Verify(admin, customer.Id, body)).ShouldBeProblem(400, "invalid-member", member);
        (await Verify(admin, Guid.NewGuid(), body))
            .ShouldBeProblem(400, "invalid-member", member);
    }

    [Fact]
    public async Task Verify_Refusals_InTheirOrder()
    {
        var customer = await service.Api.CreateGuest();
        var admin = await Admin.Create(service.Api);
        (await Verify(admin, Guid.NewGuid(), Body, ifMatch: "\"77\""))
            .ShouldBeProblem(404, "not-found");
        (await Verify(admin, customer.Id, Body, ifMatch: "\"77\""))
            .ShouldBeProblem(412, "version-mismatch");
        (await Verify(admin, customer.Id, Body, ifMatch: "\"1\"")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Profile_CompleteForTheFirstTime_IsRewardedOnce()
    {
        var customer = await service.Api.SignUp("phone", Contacts.NewPhone());
        (await (await ContactChange.Request(customer, "email", Contacts.NewEmail())).Verify())
            .ShouldBe(HttpStatusCode.OK);
        await customer.AddAddress();
        var media = (await customer.Post(
            "/api/utc/media", """{"content_type":"image/png","bytes":10}""")).Member("id");
        (await customer.Edit("""{"name":"Ann","gender":"other"}""")).ShouldBe(HttpStatusCode.OK)
            .Json.GetProperty("rewards").GetArrayLength().ShouldBe(0);

        var complete = await customer.Edit(
            $$"""{"date_of_birth":"1990-01-02","avatar_media_id":"{{media}}"}""");

        complete.Json.GetProperty("profile_completion_percentage").GetInt32().ShouldBe(100);
        var reward = complete.Json.GetProperty("rewards")[0].GetRawText();
        reward.ShouldStartWith("""{"code":"profile-complete","granted_at":"20""");
        await customer.Edit("""{"name":null}""");
        var refilled = await customer.Edit("""{"name":"Bea"}""");
        refilled.Json.GetProperty("rewards").GetRawText().ShouldBe($"[{reward}]");
        (await customer.Get("/api/utc/history?kind=reward_granted")).Json
            .GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    private static Task<Answer> Verify(
        Admin admin, Guid customer, string body, string? key = null, string? ifMatch = null) =>
        admin.Api.Send(new Call("POST", $"/api/admin/customers/{customer}/verification")
        {
            Token = admin.Token,
            Key = key,
            IfMatch = ifMatch,
        }.With(body));
}
