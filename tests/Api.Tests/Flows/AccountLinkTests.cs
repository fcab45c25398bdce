using System.Diagnostics;
using System.Net;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Flows;

/// <summary>Customers link their accounts by two codes.</summary>
public sealed class AccountLinkTests(ServiceFixture service)
{
    [Fact]
    public async Task Link_ProvedOnBothSides_MakesOneOutOfTwo()
    {
        var email = await service.Api.SignUp();
        var phone = await service.Api.SignUp("phone", Contacts.NewPhone());
        var moved = await phone.AddAddress();
        var orders = await OrderSystem.Create(service.Api);
        var order = await orders.Place(phone.Id, moved);
        await orders.Deliver(order);

        var link = await AccountLink.Start(email, "phone", phone.Contact);
        (await email.Get(link.Path)).ShouldBe(HttpStatusCode.OK).Member("state").ShouldBe("pending");
        var started = Stopwatch.GetTimestamp();
        var verified = (await link.Verify(key: "verify")).ShouldBe(HttpStatusCode.Accepted);
        verified.Member("link_id").ShouldBe(link.Id);
        verified.Json.GetProperty("blockers").GetArrayLength().ShouldBe(0);
        await link.Ends("merged");
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(30));

        var profile = (await email.Profile()).ShouldBe(HttpStatusCode.OK).Json;
        profile.GetProperty("phone").GetString().ShouldBe(phone.Contact);
        profile.GetProperty("phone_verified").GetBoolean().ShouldBeTrue();
        profile.GetProperty("total_orders_count").GetInt32().ShouldBe(1);
        (await email.Addresses()).ShouldHaveSingleItem().GetProperty("id").GetGuid().ShouldBe(moved);
        (await phone.Profile()).ShouldBeProblem(401, "token-invalid");
        (await service.Api.Post(
            "/api/auth/refresh", $$"""{"refresh_token":"{{phone.RefreshToken}}"}"""))
            .ShouldBeProblem(401, "refresh-token-invalid");
        (await orders.Get(order)).Member("customer_id").ShouldBe(email.Id.ToString());
        // Whoever signs in by the phone is the survivor.
        (await service.Api.SignUp("phone", phone.Contact)).Id.ShouldBe(email.Id);

        (await link.Verify(key: "verify")).IsReplay.ShouldBeTrue();
        (await link.Verify()).ShouldBeProblem(410, "otp-used");
    }

    [Fact]
    public async Task Link_ToSomebodyUnknown_IsAnsweredLikeAnyOther()
    {
        var customer = await service.Api.SignUp();
        var nobody = Contacts.NewPhone();
        var somebody = await service.Api.SignUp("phone", Contacts.NewPhone());

        var unknown = await AccountLink.Start(customer, "phone", nobody);
        var other = await service.Api.SignUp();
        var known = await other.Post(
            AccountLink.LinksPath, AccountLink.BodyOf("phone", somebody.Contact));
        known.ShouldBe(HttpStatusCode.Accepted).Json.EnumerateObject().Select(m => m.Name)
            .ShouldBe(["link_id", "expires_at"]);

        // Only the proof tells.
        var verified = (await unknown.Verify()).ShouldBe(HttpStatusCode.Accepted).Json;
        verified.GetProperty("state").GetString().ShouldBe("blocked");
        verified.GetProperty("blockers")[0].GetProperty("code").GetString()
            .ShouldBe("customer-unknown");
    }

    [Fact]
    public async Task Codes_AreCountedAndSpent()
    {
        var customer = await service.Api.SignUp();
        var other = await service.Api.SignUp("phone", Contacts.NewPhone());
        var link = await AccountLink.Start(customer, "phone", other.Contact);

        (await customer.Post(AccountLink.LinksPath, AccountLink.BodyOf("phone", other.Contact)))
            .ShouldBeProblem(429, "otp-cooldown");
        (await link.Verify(other: "12345")).ShouldBeProblem(400, "invalid-member", "other_code");
        (await other.Post($"{link.Path}/verify", AccountLink.Codes(link.OwnCode, link.OtherCode)))
            .ShouldBeProblem(404, "not-found");
        (await other.Get(link.Path)).ShouldBeProblem(404, "not-found");
        for (var left = 4; left >= 0; left--)
        {
            var wrong = await link.Verify(
                left % 2 == 0 ? AccountLink.Wrong(link.OwnCode!) : null,
                left % 2 == 0 ? null : AccountLink.Wrong(link.OtherCode));
            wrong.ShouldBeProblem(422, "otp-wrong");
            wrong.Json.GetProperty("attempts_left").GetInt32().ShouldBe(left);
        }

        (await link.Verify()).ShouldBeProblem(429, "otp-attempts-exhausted");
        (await other.Profile()).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task WrongCode_UnderAKey_IsCountedOnce()
    {
        var customer = await service.Api.SignUp();
        var link = await AccountLink.Start(customer, "phone", Contacts.NewPhone());

        var first = await link.Verify(other: AccountLink.Wrong(link.OtherCode), key: "wrong");
        var again = await link.Verify(other: AccountLink.Wrong(link.OtherCode), key: "wrong");

        first.ShouldBeProblem(422, "otp-wrong");
        again.IsReplay.ShouldBeTrue();
        again.Text.ShouldBe(first.Text);
        (await link.Verify(other: AccountLink.Wrong(link.OtherCode)))
            .Json.GetProperty("attempts_left").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task RightCodes_ManyTimesAtOnce_SucceedOnce()
    {
        var customer = await service.Api.SignUp();
        var other = await service.Api.SignUp("phone", Contacts.NewPhone());
        var link = await AccountLink.Start(customer, "phone", other.Contact);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => link.Verify()));

        answers.Count(a => a.Status == HttpStatusCode.Accepted).ShouldBe(1);
        answers.Count(a => a.Status == HttpStatusCode.Gone).ShouldBe(49);
        await link.Ends("merged");
    }

    [Fact]
    public async Task Start_UnderAKey_SendsOnce()
    {
        var customer = await service.Api.SignUp();
        var phone = Contacts.NewPhone();

        var first = await customer.Post(
            AccountLink.LinksPath, AccountLink.BodyOf("phone", phone), key: "link");
        var again = await customer.Post(
            AccountLink.LinksPath, AccountLink.BodyOf("phone", phone), key: "link");

        first.ShouldBe(HttpStatusCode.Accepted);
        again.IsReplay.ShouldBeTrue();
        again.Text.ShouldBe(first.Text);
        (await service.Api.Codes(phone)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task OwnContact_IsRefused()
    {
        var customer = await service.Api.SignUp();
        (await customer.Post(
            AccountLink.LinksPath, AccountLink.BodyOf("email", customer.Contact)))
            .ShouldBeProblem(422, "contact-unchanged");
    }

    [Fact]
    public async Task Guest_ProvesTheOtherSideAlone_AndIsNoGuestAnyMore()
    {
        var guest = await service.Api.CreateGuest();
        var other = await service.Api.SignUp("phone", Contacts.NewPhone());
        var link = await AccountLink.Start(guest, "phone", other.Contact);

        (await link.Verify()).ShouldBe(HttpStatusCode.Accepted);
        await link.Ends("merged");

        var profile = (await guest.Profile()).ShouldBe(HttpStatusCode.OK).Json;
        profile.GetProperty("is_temporary").GetBoolean().ShouldBeFalse();
        profile.GetProperty("account_status").GetString().ShouldBe("active");
        profile.GetProperty("phone").GetString().ShouldBe(other.Contact);
    }

    [Fact]
    public async Task Link_WithAnActiveOrder_IsBlocked_AndTheOtherGoesOn()
    {
        var customer = await service.Api.SignUp();
        var other = await service.Api.SignUp("phone", Contacts.NewPhone());
        var orders = await OrderSystem.Create(service.Api);
        var order = await orders.Place(other.Id, null);
        var link = await AccountLink.Start(customer, "phone", other.Contact);

        (await link.Verify()).ShouldBe(HttpStatusCode.Accepted);
        var blocked = await link.Ends("blocked");

        var blocker = blocked.Json.GetProperty("blockers")[0];
        blocker.GetProperty("code").GetString().ShouldBe("active-orders");
        blocker.GetProperty("customer_id").GetGuid().ShouldBe(other.Id);
        (await other.Profile()).ShouldBe(HttpStatusCode.OK);
        (await orders.Move(order, "accepted")).ShouldBe(HttpStatusCode.OK);
    }
}
