using System.Net;
using System.Text.Json;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Flows;

public sealed class ProfileTests(ServiceFixture service)
{
    [Fact]
    public async Task Profile_AllMembersAreThere_InSnakeCase()
    {
        var customer = await service.Api.CreateGuest();

        var profile = (await customer.Profile()).Json;

        profile.EnumerateObject().Select(member => member.Name).ShouldBe(
            [
                "id", "version", "name", "phone", "email", "gender", "date_of_birth",
                "preferred_language", "avatar_media_id", "notification_preferences",
                "account_status", "is_temporary", "is_verified", "phone_verified",
                "email_verified", "customer_tier", "customer_segment",
                "profile_completion_percentage", "profile_missing", "rewards",
                "total_orders_count", "total_spend", "average_order_value", "pending_changes",
                "created_at", "updated_at", "last_login_at",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task Edit_Members_ChangeAndStay()
    {
        var customer = await service.Api.SignUp();

        var edited = await customer.Edit(
            """
            {"name":"Asha Rao","gender":"female","date_of_birth":"1990-04-17",
             "preferred_language":"hi"}
            """);

        edited.ShouldBe(HttpStatusCode.OK).Member("name").ShouldBe("Asha Rao");
        edited.Member("gender").ShouldBe("female");
        edited.Member("date_of_birth").ShouldBe("1990-04-17");
        edited.Member("preferred_language").ShouldBe("hi");
        edited.Header("ETag").ShouldBe($"\"{edited.Member("version")}\"");
        (await customer.Profile()).Text.ShouldBe(edited.Text);
    }

    [Fact]
    public async Task Edit_NullClears_AbsentStays()
    {
        var customer = await service.Api.CreateGuest();
        await customer.Edit("""{"name":"Asha","gender":"female","preferred_language":"hi"}""");

        var answer = await customer.Edit("""{"gender":null,"preferred_language":null}""");

        answer.Member("name").ShouldBe("Asha");
        answer.Json.GetProperty("gender").ValueKind.ShouldBe(JsonValueKind.Null);
        answer.Member("preferred_language").ShouldNotBe("hi");
        answer.Member("preferred_language").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Edit_Preferences_MergeAndReset()
    {
        var customer = await service.Api.CreateGuest();

        await customer.Edit("""{"notification_preferences":{"sms":false,"whatsapp":true}}""");
        var merged = await customer.Edit("""{"notification_preferences":{"push":false}}""");
        var removed = await customer.Edit(
            """{"notification_preferences":{"sms":null,"whatsapp":null}}""");
        var reset = await customer.Edit("""{"notification_preferences":null}""");

        Preferences(merged).ShouldBe(Parse(
            """{"email":true,"sms":false,"push":false,"whatsapp":true}"""), ignoreOrder: true);
        Preferences(removed).ShouldBe(Parse(
            """{"email":true,"sms":true,"push":false}"""), ignoreOrder: true);
        Preferences(reset).ShouldBe(Parse(
            """{"email":true,"sms":true,"push":true}"""), ignoreOrder: true);
    }

    [Fact]
    public async Task Edit_ToTheSame_KeepsTheVersion()
    {
        var customer = await service.Api.CreateGuest();
        var first = await customer.Edit("""{"name":"Asha"}""");

        var second = await customer.Edit("""{"name":"Asha"}""");

        second.ShouldBe(HttpStatusCode.OK).Header("ETag").ShouldBe(first.Header("ETag"));
    }

    [Fact]
    public async Task Edit_Avatar_IsOneOfTheOwnMedia()
    {
        var customer = await service.Api.CreateGuest();
        var stranger = await service.Api.CreateGuest();
        var media = await customer.Post(
            "/api/utc/media", """{"content_type":"image/png","bytes":48213}""");
        var id = media.ShouldBe(HttpStatusCode.Created).Member("id");

        var own = await customer.Edit($$"""{"avatar_media_id":"{{id}}"}""");
        var foreign = await stranger.Edit($$"""{"avatar_media_id":"{{id}}"}""");

        own.ShouldBe(HttpStatusCode.OK).Member("avatar_media_id").ShouldBe(id);
        foreign.ShouldBeProblem(422, "media-unknown");
    }

    [Fact]
    public async Task Edit_ByManyAtOnce_EveryVersionIsGivenOnce()
    {
        var customer = await service.Api.CreateGuest();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(
            i => customer.Edit($$"""{"name":"Name {{i}}"}""")));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
        answers.Select(answer => answer.Header("ETag")).Distinct().Count().ShouldBe(50);
    }

    private static (string, bool)[] Preferences(Answer answer) =>
        Pairs(answer.ShouldBe(HttpStatusCode.OK).Json.GetProperty("notification_preferences"));

    private static (string, bool)[] Parse(string json) =>
        Pairs(JsonDocument.Parse(json).RootElement);

    private static (string, bool)[] Pairs(JsonElement flags) =>
        [.. flags.EnumerateObject().Select(flag => (flag.Name, flag.Value.GetBoolean()))];
}
