using System.Net;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Flows;

[Trait("Section", "S4")]
public sealed class ContactChangeTests(ServiceFixture service)
{
    [Theory]
    [InlineData("phone")]
    [InlineData("email")]
    public async Task Change_OfAContact_TakesEffectWhenTheCodeIsShown(string channel)
    {
        var (old, next) = (New(channel), New(channel));
        var customer = await service.Api.SignUp(channel, old);
        var asked = await customer.Post(
            ContactChange.RequestPath, ContactChange.BodyOf(channel, next));
        asked.ShouldBe(HttpStatusCode.Accepted).Member("channel").ShouldBe(channel);
        asked.Json.GetProperty("attempts_left").GetInt32().ShouldBe(5);
        asked.Json.EnumerateObject().Select(m => m.Name).ShouldBe(
            ["change_id", "channel", "expires_at", "resend_after", "attempts_left"]);
        asked.Json.GetProperty("expires_at").GetDateTime()
            .ShouldBeGreaterThan(asked.Json.GetProperty("resend_after").GetDateTime());

        var before = (await customer.Profile()).Json;
        before.GetProperty(channel).GetString().ShouldBe(old);
        var pending = before.GetProperty("pending_changes")[0];
        pending.GetProperty("change_id").GetString().ShouldBe(asked.Member("change_id"));
        pending.GetProperty("masked_value").GetString().ShouldNotBe(next);

        var code = (await service.Api.Codes(next))[0];
        var verified = await customer.Post(ContactChange.VerifyPath,
            $$"""{"change_id":"{{asked.Member("change_id")}}","code":"{{code}}"}""");
        verified.ShouldBe(HttpStatusCode.OK).Member(channel).ShouldBe(next);
        verified.Body.ShouldBe((await customer.Profile()).Body);
        verified.Json.GetProperty("pending_changes").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task OldContact_CanUndoOnce_AndAllTokensAreVoid()
    {
        var (old, next) = (Contacts.NewPhone(), Contacts.NewPhone());
        var customer = await service.Api.SignUp("phone", old);
        var change = await ContactChange.Request(customer, "phone", next);
        (await change.Verify()).ShouldBe(HttpStatusCode.OK);
        (await customer.Post(ContactChange.RequestPath,
                ContactChange.BodyOf("phone", Contacts.NewPhone())))
            .ShouldBeProblem(409, "change-frozen");
        (await customer.Post(ContactChange.RequestPath,
            ContactChange.BodyOf("email", Contacts.NewEmail()))).ShouldBe(HttpStatusCode.Accepted);
        var token = await ContactChange.Token(service.Api, old, notices: 2);

        var undone = await ContactChange.Undo(service.Api, token);
        undone.ShouldBe(HttpStatusCode.OK).Member("result").ShouldBe("undone");
        (await ContactChange.Undo(service.Api, token)).Body.ShouldBe(undone.Body);

        (await customer.Profile()).ShouldBeProblem(401, "token-invalid");
        (await service.Api.Post(
                "/api/auth/refresh", $$"""{"refresh_token":"{{customer.RefreshToken}}"}"""))
            .ShouldBeProblem(401, "refresh-token-invalid");
        var token2 = await service.Api.Token("utc", customer.Id);
        (await service.Api.Get(Customer.ProfilePath, token2)).Member("phone").ShouldBe(old);
    }

    [Fact]
    public async Task CancelToken_EndsThePendingChange()
    {
        var old = Contacts.NewEmail();
        var customer = await service.Api.SignUp("email", old);
        var change = await ContactChange.Request(customer, "email", Contacts.NewEmail());
        var token = await ContactChange.Token(service.Api, old, notices: 1);

        var answer = await ContactChange.Undo(service.Api, token);

        answer.ShouldBe(HttpStatusCode.OK).Member("result").ShouldBe("cancelled");
        (await change.Verify()).ShouldBeProblem(410, "otp-expired");
        (await customer.Profile()).Member("email").ShouldBe(old);
    }

    [Fact]
    public async Task CancelByTheCustomer_EndsThePendingChange()
    {
        var customer = await service.Api.SignUp();
        var change = await ContactChange.Request(customer, "phone", Contacts.NewPhone());
        (await customer.Delete(change.CancelPath, "key")).ShouldBe(HttpStatusCode.NoContent);
        (await customer.Delete(change.CancelPath, "key")).IsReplay.ShouldBeTrue();
        (await customer.Delete(change.CancelPath)).ShouldBeProblem(410, "otp-expired");
        (await change.Verify()).ShouldBeProblem(410, "otp-expired");
    }

    [Fact]
    public async Task Guest_WhoProvesAContact_BecomesACustomer()
    {
        var guest = await service.Api.CreateGuest();
        var phone = Contacts.NewPhone();
        var change = await ContactChange.Request(guest, "phone", phone);

        var profile = (await change.Verify()).ShouldBe(HttpStatusCode.OK);

        profile.Member("id").ShouldBe(guest.Id.ToString());
        profile.Member("account_status").ShouldBe("active");
        profile.Json.GetProperty("is_temporary").GetBoolean().ShouldBeFalse();
        profile.Json.GetProperty("phone_verified").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Guest_WhoProvesATakenContact_IsToldAndStaysAGuest()
    {
        var phone = Contacts.NewPhone();
        await service.Api.SignUp("phone", phone);
        var guest = await service.Api.CreateGuest();
        var change = await ContactChange.Request(guest, "phone", phone);

        (await change.Verify()).ShouldBeProblem(409, "contact-taken");

        (await guest.Profile()).Member("account_status").ShouldBe("temporary");
    }

    [Fact]
    public async Task GivenUpContact_IsReserved()
    {
        var old = Contacts.NewEmail();
        var customer = await service.Api.SignUp("email", old);
        var change = await ContactChange.Request(customer, "email", Contacts.NewEmail());
        (await change.Verify()).ShouldBe(HttpStatusCode.OK);

        var claim = await ContactChange.Request(await service.Api.CreateGuest(), "email", old);
        (await claim.Verify()).ShouldBeProblem(409, "contact-reserved");
    }

    [Fact]
    public async Task WrongCode_IsCountedOncePerKey_AndAnsweredByteForByte()
    {
        var customer = await service.Api.SignUp();
        var change = await ContactChange.Request(customer, "phone", Contacts.NewPhone());

        var first = await change.Verify(change.WrongCode, "key");
        first.ShouldBeProblem(422, "otp-wrong");
        first.Json.GetProperty("attempts_left").GetInt32().ShouldBe(4);
        first.IsReplay.ShouldBeFalse();
        var again = await change.Verify(change.WrongCode, "key");
        again.Body.ShouldBe(first.Body);
        again.IsReplay.ShouldBeTrue();
        (await change.Verify(change.Code, "key")).ShouldBeProblem(422, "idempotency-key-reused");
        for (var left = 3; left >= 0; left--)
            (await change.Verify(change.WrongCode)).Json.GetProperty("attempts_left").GetInt32()
                .ShouldBe(left);
        (await change.Verify()).ShouldBeProblem(429, "otp-attempts-exhausted");
    }

    [Fact]
    public async Task RightCode_AHundredTimesAtOnce_SucceedsOnce()
    {
        var customer = await service.Api.SignUp();
        var change = await ContactChange.Request(customer, "phone", Contacts.NewPhone());

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => change.Verify()));

        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Where(a => a.Status != HttpStatusCode.OK)
            .ShouldAllBe(a => a.Code == "otp-used" && (int)a.Status == 410);
    }

    [Fact]
    public async Task RightCode_AgainUnderItsKey_IsTheFirstAnswer()
    {
        var customer = await service.Api.SignUp();
        var change = await ContactChange.Request(customer, "phone", Contacts.NewPhone());
        var first = await change.Verify(key: "key");
        (await customer.Edit("""{"name":"Asha"}""")).ShouldBe(HttpStatusCode.OK);

        var again = await change.Verify(key: "key");

        again.Body.ShouldBe(first.Body);
        again.IsReplay.ShouldBeTrue();
        (await change.Verify()).ShouldBeProblem(410, "otp-used");
    }

    [Fact]
    public async Task Request_Again_CoolsDown_AndUnderItsKeySendsNothingMore()
    {
        var customer = await service.Api.SignUp();
        var phone = Contacts.NewPhone();
        var body = ContactChange.BodyOf("phone", phone);
        var first = await customer.Post(ContactChange.RequestPath, body, "key");
        var again = await customer.Post(ContactChange.RequestPath, body, "key");
        again.Body.ShouldBe(first.Body);
        again.IsReplay.ShouldBeTrue();

        var soon = await customer.Post(ContactChange.RequestPath, body);
        soon.ShouldBeProblem(429, "otp-cooldown");
        int.Parse(soon.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBeInRange(1, 30);
        (await customer.Post(
                ContactChange.ResendPath, $$"""{"change_id":"{{first.Member("change_id")}}"}"""))
            .ShouldBeProblem(429, "otp-cooldown");
        (await service.Api.Codes(phone)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Destination_AskedForByManyGuests_GetsFiveCodesAnHour()
    {
        var victim = Contacts.NewPhone();
        for (var i = 0; i < 5; i++)
            await ContactChange.Request(await service.Api.CreateGuest(), "phone", victim);

        var sixth = await (await service.Api.CreateGuest()).Post(
            ContactChange.RequestPath, ContactChange.BodyOf("phone", victim));
        sixth.ShouldBeProblem(429, "otp-send-limit");
        (await service.Api.Codes(victim)).Length.ShouldBe(5);
    }

    private static string New(string channel) =>
        channel == "phone" ? Contacts.NewPhone() : Contacts.NewEmail();
}
