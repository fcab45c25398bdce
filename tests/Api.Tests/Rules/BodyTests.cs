using System.Net;
using System.Text;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Rules;

/// <summary>What every body must be, shown on the profile.</summary>
[Trait("Section", "S9")]
public sealed class BodyTests(ServiceFixture service)
{
    public static TheoryData<string> MalformedBodies { get; } =
    [
        "", " ", "{", "}", "[]", "null", "1", "\"text\"", "true", "{\"name\":}", "{'name':'a'}",
        "{\"name\":\"a\",}", "{\"name\":\"a\"} x", "{\"name\":\"a\"}{}",
        "// c\n{}", "{\"name\":NaN}",
        "{\"name\":\"a\",\"name\":\"b\"}",
        "{\"name\":\"a\",\"\\u006eame\":\"b\"}",
        "{\"notification_preferences\":{\"sms\":true,\"sms\":false}}",
        "{\"\\ud800\":1}",
        "{\"name\":\"a\u0001\"}",
    ];

    [Theory, MemberData(nameof(MalformedBodies))]
    public async Task AnyBody_NotOneJsonObject_IsMalformed(string body)
    {
        var customer = await service.Api.CreateGuest();

        var answer = await customer.Edit(body);

        answer.ShouldBeProblem(400, "malformed-body");
    }

    [Fact]
    public async Task AnyBody_InvalidUtf8_IsMalformed()
    {
        var customer = await service.Api.CreateGuest();
        byte[][] invalid = [[0xC3, 0x28], [0xED, 0xA0, 0x80], [0xC0, 0xAF], [0xFF], [0xF5, 0x80]];

        foreach (var bytes in invalid)
        {
            var answer = await service.Api.Send(new Call("PATCH", Customer.ProfilePath)
            {
                Token = customer.Token,
                Body = [.. "{\"name\":\""u8, .. bytes, .. "\"}"u8],
            });
            answer.ShouldBeProblem(400, "malformed-body");
        }
    }

    [Theory]
    [InlineData(14, "invalid-member")] // With the body and the array around: sixteen levels.
    [InlineData(15, "malformed-body")]
    [InlineData(10_000, "malformed-body")]
    public async Task AnyBody_DeeperThanSixteen_IsMalformed(int depth, string code)
    {
        var customer = await service.Api.CreateGuest();
        var nested = new string('[', depth + 1) + new string(']', depth + 1);

        var answer = await customer.Edit($$"""{"name":{{nested}}}""");

        answer.ShouldBeProblem(400, code);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json-patch+json")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("nonsense")]
    [InlineData(null)]
    public async Task AnyBody_OtherContentType_IsUnsupported(string? contentType)
    {
        var customer = await service.Api.CreateGuest();

        var answer = await service.Api.Send(new Call("PATCH", Customer.ProfilePath)
        {
            Token = customer.Token,
            ContentType = contentType,
        }.With("{}"));

        answer.ShouldBeProblem(415, "unsupported-media-type");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=UTF-8")]
    [InlineData("application/merge-patch+json")]
    [InlineData("application/merge-patch+json; charset=\"utf-8\"")]
    public async Task Patch_JsonOrMergePatch_IsAccepted(string contentType)
    {
        var customer = await service.Api.CreateGuest();

        var answer = await service.Api.Send(new Call("PATCH", Customer.ProfilePath)
        {
            Token = customer.Token,
            ContentType = contentType,
        }.With("""{"name":"Asha"}"""));

        answer.ShouldBe(HttpStatusCode.OK).Member("name").ShouldBe("Asha");
    }

    [Fact]
    public async Task Post_MergePatch_IsUnsupported()
    {
        var customer = await service.Api.CreateGuest();

        var answer = await service.Api.Send(new Call("POST", Customer.AddressesPath)
        {
            Token = customer.Token,
            ContentType = "application/merge-patch+json",
        }.With(Customer.Home));

        answer.ShouldBeProblem(415, "unsupported-media-type");
    }

    [Theory]
    [InlineData(0, 400, "invalid-member")] // Exactly the limit: read, and its value refused.
    [InlineData(1, 413, "body-too-large")]
    [InlineData(100_000, 413, "body-too-large")]
    public async Task AnyBody_Over64KiB_IsTooLarge(int over, int status, string code)
    {
        const int limit = 64 * 1024;
        var customer = await service.Api.CreateGuest();
        var frame = """{"name":""}""".Length;
        var body = $$"""{"name":"{{new string('a', limit + over - frame)}}"}""";

        var answer = await customer.Edit(body);

        answer.ShouldBeProblem(status, code);
    }

    [Fact]
    public async Task AnyBody_Over64KiBInChunks_IsTooLarge()
    {
        var customer = await service.Api.CreateGuest();
        using var message = new Call("PATCH", Customer.ProfilePath) { Token = customer.Token }
            .With($$"""{"name":"{{new string('a', 70_000)}}"}""").ToMessage();
        message.Headers.TransferEncodingChunked = true;
        using var http = new HttpClient { BaseAddress = service.Api.BaseAddress };

        using var response = await http.SendAsync(message, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task AnyBody_EmptyObject_ChangesNothing()
    {
        var customer = await service.Api.CreateGuest();
        var before = await customer.Profile();

        var answer = await customer.Edit("{}");

        answer.ShouldBe(HttpStatusCode.OK);
        answer.Header("ETag").ShouldBe(before.Header("ETag"));
        Encoding.UTF8.GetString(answer.Body).ShouldBe(before.Text);
    }
}
