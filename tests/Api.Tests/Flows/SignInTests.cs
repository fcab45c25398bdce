using System.Net;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Flows;

public sealed class SignInTests(ServiceFixture service)
{
    [Theory]
    [InlineData("email")]
    [InlineData("phone")]
    public async Task SignIn_NewContact_SignsUp(string channel)
    {
        var contact = channel == "email" ? Contacts.NewEmail() : Contacts.NewPhone();
        var start = await service.Api.Post("/api/auth/otp", ApiClient.StartOf(channel, contact));
        start.ShouldBe(HttpStatusCode.Accepted);
        start.Json.GetProperty("expires_at").GetDateTime()
            .ShouldBeGreaterThan(start.Json.GetProperty("resend_after").GetDateTime());

        var customer = await SignUpWith(start.Member("challenge_id"), contact);

        var profile = await customer.Profile();
        profile.ShouldBe(HttpStatusCode.OK).Member(channel).ShouldBe(contact);
        profile.Member("id").ShouldBe(customer.Id.ToString());
        profile.Json.GetProperty(channel + "_verified").GetBoolean().ShouldBeTrue();
        profile.Member("account_status").ShouldBe("active");
    }

    private async Task<Customer> SignUpWith(string challenge, string contact)
    {
        var code = "";
        await CustomerGrains.Tests.Support.Eventually.Holds("the code arrives", async () =>
        {
            var messages = await service.Api.Messages(contact);
            if (messages.Length == 0) return false;
            messages[0].GetProperty("purpose").GetString().ShouldBe("sign_in");
            code = messages[0].GetProperty("code").GetString()!;
            return true;
        }, TestContext.Current.CancellationToken);
        code.ShouldMatch("^[0-9]{6}$");

        var answer = await service.Api.Post("/api/auth/token",
            $$"""{"challenge_id":"{{challenge}}","code":"{{code}}"}""");
        answer.ShouldBe(HttpStatusCode.OK).Json.GetProperty("created").GetBoolean().ShouldBeTrue();
        answer.Member("token_type").ShouldBe("Bearer");
        answer.Json.GetProperty("expires_in").GetInt32().ShouldBeGreaterThanOrEqualTo(900);
        answer.Header("Cache-Control").ShouldBe("no-store");
        return Customer.Of(service.Api, answer, contact);
    }

    [Fact]
    public async Task SignIn_SameCodeTwice_IsUsed()
    {
        var proof = await service.Api.Prove("email", Contacts.NewEmail());
        (await service.Api.Post("/api/auth/token", proof)).ShouldBe(HttpStatusCode.OK);

        var answer = await service.Api.Post("/api/auth/token", proof);

        answer.ShouldBeProblem(410, "otp-used");
    }

    [Fact]
    public async Task SignIn_WrongCodes_CountDownAndEnd()
    {
        var contact = Contacts.NewEmail();
        var start = await service.Api.Post("/api/auth/otp", ApiClient.StartOf("email", contact));
        var challenge = start.Member("challenge_id");
        var wrong = $$"""{"challenge_id":"{{challenge}}","code":"000000"}""";
        if ((await service.Api.Prove("email", Contacts.NewEmail())).Contains("000000"))
            return; // One in a million: the right code.

        for (var left = 4; left >= 0; left--)
        {
            var answer = await service.Api.Post("/api/auth/token", wrong);
            answer.ShouldBeProblem(422, "otp-wrong");
            answer.Json.GetProperty("attempts_left").GetInt32().ShouldBe(left);
        }

        var after = await service.Api.Post("/api/auth/token", wrong);
        after.ShouldBeProblem(429, "otp-attempts-exhausted");
        after.Header("Retry-After").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("""{"channel":"fax","contact":"a@example.com"}""", "channel")]
    [InlineData("""{"contact":"a@example.com"}""", "channel")]
    [InlineData("""{"channel":"email"}""", "contact")]
    [InlineData("""{"channel":"email","contact":null}""", "contact")]
    [InlineData("""{"channel":"email","contact":"no address"}""", "contact")]
    [InlineData("""{"channel":"phone","contact":"12"}""", "contact")]
    [InlineData("""{"channel":1,"contact":"a@example.com"}""", "channel")]
    public async Task SignIn_InvalidStart_IsRefusedByName(string body, string member)
    {
        var answer = await service.Api.Post("/api/auth/otp", body);

        answer.ShouldBeProblem(400, "invalid-member");
        answer.ErrorNames.ShouldContain(member);
    }

    [Theory]
    [InlineData("""{"challenge_id":"42","code":"123456"}""", "challenge_id")]
    [InlineData("""{"code":"123456"}""", "challenge_id")]
    [InlineData("""{"challenge_id":"01990b3c-5a50-7a2b-9d0e-3a1f7b6c2d11"}""", "code")]
    [InlineData("""{"challenge_id":"01990b3c-5a50-7a2b-9d0e-3a1f7b6c2d11","code":7}""", "code")]
    public async Task SignIn_InvalidProof_IsRefusedByName(string body, string member)
    {
        var answer = await service.Api.Post("/api/auth/token", body);

        answer.ShouldBeProblem(400, "invalid-member", member);
    }

    [Fact]
    public async Task SignIn_UnknownChallenge_IsNotFound()
    {
        var answer = await service.Api.Post("/api/auth/token",
            $$"""{"challenge_id":"{{Guid.NewGuid()}}","code":"123456"}""");

        answer.ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Refresh_TokenRotates_AndTheOldOneEndsTheFamily()
    {
        var customer = await service.Api.SignUp();

        var first = await Refresh(customer.RefreshToken);
        var renewed = first.ShouldBe(HttpStatusCode.OK).Member("refresh_token");
        renewed.ShouldNotBe(customer.RefreshToken);
        first.Member("customer_id").ShouldBe(customer.Id.ToString());
        (await service.Api.Get(Customer.ProfilePath, first.Member("access_token")))
            .ShouldBe(HttpStatusCode.OK);

        (await Refresh(customer.RefreshToken)).ShouldBeProblem(401, "refresh-token-invalid");
        (await Refresh(renewed)).ShouldBeProblem(401, "refresh-token-invalid");
    }

    [Fact]
    public async Task SignOut_RevokesTheRefreshToken()
    {
        var customer = await service.Api.SignUp();

        var answer = await service.Api.Post("/api/auth/sign-out", BodyOf(customer.RefreshToken));

        answer.ShouldBe(HttpStatusCode.NoContent);
        (await Refresh(customer.RefreshToken)).ShouldBeProblem(401, "refresh-token-invalid");
    }

    [Fact]
    public async Task SignOut_UnknownToken_IsNoError()
    {
        var answer = await service.Api.Post("/api/auth/sign-out", BodyOf("nobody's"));

        answer.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Guest_WithoutABody_IsTemporary()
    {
        var answer = await service.Api.Send(new Call("POST", "/api/auth/guest"));
        var guest = Customer.Of(service.Api, answer.ShouldBe(HttpStatusCode.Created), "");

        var profile = await guest.Profile();

        profile.Member("account_status").ShouldBe("temporary");
        profile.Json.GetProperty("is_temporary").GetBoolean().ShouldBeTrue();
    }

    private Task<Answer> Refresh(string token) =>
        service.Api.Post("/api/auth/refresh", BodyOf(token));

    private static string BodyOf(string token) => $$"""{"refresh_token":"{{token}}"}""";
}
