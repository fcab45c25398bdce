using System.Net;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Rules;

/// <summary>Unknown, read-only and wrongly typed members, by name.</summary>
[Trait("Section", "S3")]
public sealed class MemberTests(ServiceFixture service)
{
    public static TheoryData<string> ReadOnlyProfileMembers { get; } =
    [
        "id", "version", "phone", "email", "account_status", "is_temporary", "is_verified",
        "phone_verified", "email_verified", "customer_tier", "customer_segment",
        "profile_completion_percentage", "profile_missing", "rewards", "total_orders_count",
        "total_spend", "average_order_value", "pending_changes", "created_at", "updated_at",
        "last_login_at",
    ];

    [Theory, MemberData(nameof(ReadOnlyProfileMembers))]
    public async Task EditProfile_ReadOnlyMember_IsRefusedByName(string member)
    {
        var customer = await service.Api.CreateGuest();
        var before = await customer.Profile();

        foreach (var value in (string[])["null", "1", "\"x\"", "true", "{}", "[]"])
        {
            var answer = await customer.Edit($$"""{"name":"Eve","{{member}}":{{value}}}""");
            answer.ShouldBeProblem(400, "read-only-member", member);
        }

        (await customer.Profile()).Text.ShouldBe(before.Text);
    }

    [Fact]
    public async Task EditProfile_EveryMemberOfTheProfile_IsSettableOrReadOnly()
    {
        var customer = await service.Api.CreateGuest();
        var profile = (await customer.Profile()).Json;

        foreach (var member in profile.EnumerateObject())
        {
            var answer = await customer.Edit($$"""{"{{member.Name}}":[]}""");
            answer.Code.ShouldBeOneOf("read-only-member", "invalid-member");
        }
    }

    [Theory]
    [InlineData("nickname")]
    [InlineData("Name")]
    [InlineData("name ")]
    [InlineData("__proto__")]
    [InlineData("constructor")]
    [InlineData("$type")]
    [InlineData("notification_preferences.sms")]
    [InlineData("addresses")]
    [InlineData("")]
    public async Task EditProfile_UnknownMember_IsRefusedByName(string member)
    {
        var customer = await service.Api.CreateGuest();

        var answer = await customer.Edit($$"""{"name":"Eve","{{member}}":null}""");

        answer.ShouldBeProblem(400, "unknown-member", member);
    }

    [Fact]
    public async Task EditProfile_UnknownAndReadOnly_UnknownIsToldFirst()
    {
        var customer = await service.Api.CreateGuest();

        var answer = await customer.Edit("""{"phone":"1","nickname":"x","colour":1}""");

        answer.ShouldBeProblem(400, "unknown-member", "nickname", "colour");
    }

    [Theory]
    [InlineData("id")]
    [InlineData("is_default")]
    [InlineData("created_at")]
    [InlineData("updated_at")]
    public async Task EditAddress_ReadOnlyMember_IsRefusedByName(string member)
    {
        var customer = await service.Api.CreateGuest();
        var id = await customer.AddAddress();

        var answer = await customer.Patch(
            Customer.AddressPath(id), $$"""{"{{member}}":true}""");

        answer.ShouldBeProblem(400, "read-only-member", member);
    }

    [Theory]
    [InlineData("name", "1", "true", "[]", "{}")]
    [InlineData("gender", "1", "false", "[]", "{}")]
    [InlineData("date_of_birth", "19900417", "true", "[]", "{}")]
    [InlineData("preferred_language", "1", "true", "[]", "{}")]
    [InlineData("avatar_media_id", "1", "true", "[]", "{}")]
    [InlineData("notification_preferences", "1", "true", "[]", "\"on\"")]
    public async Task EditProfile_WrongType_IsRefusedByName(string member, params string[] values)
    {
        var customer = await service.Api.CreateGuest();

        foreach (var value in values)
        {
            var answer = await customer.Edit($$"""{"{{member}}":{{value}}}""");
            answer.ShouldBeProblem(400, "invalid-member", member);
        }
    }

    [Theory]
    [InlineData("label", "1", "true", "[]", "{}")]
    [InlineData("line1", "1")]
    [InlineData("line2", "false")]
    [InlineData("city", "[\"Pune\"]")]
    [InlineData("state", "{}")]
    [InlineData("postal_code", "411001")]
    [InlineData("country", "91")]
    [InlineData("latitude", "\"18.5\"", "true", "1e400", "{}")]
    [InlineData("longitude", "\"73.8\"", "[]", "-1e999")]
    [InlineData("is_default", "\"true\"", "1", "[]")]
    public async Task AddAddress_WrongType_IsRefusedByName(string member, params string[] values)
    {
        var customer = await service.Api.CreateGuest();

        foreach (var value in values)
        {
            var answer = await customer.Post(
                Customer.AddressesPath, $$"""{"{{member}}":{{value}}}""");
            answer.ShouldBeProblem(400, "invalid-member");
            answer.ErrorNames.ShouldContain(member);
        }
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("a\\udc00b")]
    [InlineData("\\udc00\\ud800")]
    [InlineData("a\\u0000b")]
    public async Task AnyText_NotStorable_IsInvalid(string text)
    {
        var customer = await service.Api.CreateGuest();

        var edit = await customer.Edit($$"""{"name":"{{text}}"}""");
        var add = await customer.Post(
            Customer.AddressesPath, Customer.Home.Replace("Pune", text, StringComparison.Ordinal));
        var start = await service.Api.Post(
            "/api/auth/otp", ApiClient.StartOf("email", text + "@example.com"));

        edit.ShouldBeProblem(400, "invalid-member", "name");
        add.ShouldBeProblem(400, "invalid-member", "city");
        start.ShouldBeProblem(400, "invalid-member", "contact");
    }

    [Fact]
    public async Task AnyText_OutsideTheBasicPlane_ComesBackAsItWas()
    {
        var customer = await service.Api.CreateGuest();

        var answer = await customer.Edit("""{"name":"\ud83d\ude00 अनीता 张伟"}""");

        answer.ShouldBe(HttpStatusCode.OK).Member("name").ShouldBe("😀 अनीता 张伟");
    }
}
