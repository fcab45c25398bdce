using System.Net;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Rules;

public sealed class ContactChangeValueTests(ServiceFixture service)
{
    [Theory]
    [InlineData("""{}""", "channel")]
    [InlineData("""{"channel":"fax","new_value":"+919812345678"}""", "channel")]
    [InlineData("""{"channel":"phone"}""", "new_value")]
    [InlineData("""{"channel":"phone","new_value":""}""", "new_value")]
    [InlineData("""{"channel":"phone","new_value":"9812345678"}""", "new_value")]
    [InlineData("""{"channel":"phone","new_value":"+91"}""", "new_value")]
    [InlineData("""{"channel":"phone","new_value":"+9198123456789012345"}""", "new_value")]
    [InlineData("""{"channel":"phone","new_value":"+1-800-FLOWERS"}""", "new_value")]
    [InlineData("""{"channel":"phone","new_value":"a@example.com"}""", "new_value")]
    [InlineData("""{"channel":"email","new_value":"+919812345678"}""", "new_value")]
    [InlineData("""{"channel":"email","new_value":"a@b"}""", "new_value")]
    [InlineData("""{"channel":"email","new_value":"a b@example.com"}""", "new_value")]
    [InlineData("""{"channel":"email","new_value":"a@@example.com"}""", "new_value")]
    [InlineData("""{"channel":"email","new_value":5}""", "new_value")]
    [InlineData("""{"channel":"email","new_value":"a@example.com","confirm_active_order":"yes"}""",
        "confirm_active_order")]
    public async Task Request_WithAMalformedMember_NamesIt(string body, string member)
    {
        var customer = await service.Api.CreateGuest();
        (await customer.Post(ContactChange.RequestPath, body))
            .ShouldBeProblem(400, "invalid-member", member);
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("12a456")]
    [InlineData("١٢٣٤٥٦")]
    [InlineData(" 12345")]
    public async Task Verify_WithWhatCannotBeACode_CountsNothing(string code)
    {
        var customer = await service.Api.CreateGuest();
        var change = await ContactChange.Request(customer, "phone", Contacts.NewPhone());
        (await change.Verify(code)).ShouldBeProblem(400, "invalid-member", "code");
        (await change.Verify(change.WrongCode)).Json.GetProperty("attempts_left").GetInt32()
            .ShouldBe(4);
    }

    [Fact]
    public async Task ForeignOrUnknownChange_IsNotFound_AndCountsNothing()
    {
        var owner = await service.Api.CreateGuest();
        var stranger = await service.Api.CreateGuest();
        var change = await ContactChange.Request(owner, "phone", Contacts.NewPhone());
        var unknown = change with { Customer = stranger, Id = Guid.NewGuid().ToString() };

        var foreign = (await change.Verify(change.WrongCode, by: stranger))
            .ShouldBeProblem(404, "not-found");
        var absent = (await unknown.Verify()).ShouldBeProblem(404, "not-found");
        foreign.WithoutTraceId().ShouldBe(absent.WithoutTraceId());
        (await stranger.Delete(change.CancelPath)).ShouldBeProblem(404, "not-found");
        (await stranger.Post(ContactChange.ResendPath, $$"""{"change_id":"{{change.Id}}"}"""))
            .ShouldBeProblem(404, "not-found");
        (await change.Verify(change.WrongCode)).Json.GetProperty("attempts_left").GetInt32()
            .ShouldBe(4);
    }

    [Fact]
    public async Task SignInChallenge_IsNoChange()
    {
        var customer = await service.Api.CreateGuest();
        var proof = await service.Api.Prove("email", Contacts.NewEmail());
        (await customer.Post(ContactChange.VerifyPath,
                proof.Replace("challenge_id", "change_id", StringComparison.Ordinal)))
            .ShouldBeProblem(404, "not-found");
        var change = await ContactChange.Request(customer, "phone", Contacts.NewPhone());
        (await service.Api.Post("/api/auth/token",
                $$"""{"challenge_id":"{{change.Id}}","code":"{{change.Code}}"}"""))
            .ShouldBeProblem(404, "not-found");
    }

    [Theory]
    [InlineData("email", "ADA-{0}@Example.com", "ada-{0}@example.com")]
    public async Task OwnContact_HoweverTyped_IsUnchanged(string channel, string typed, string own)
    {
        var unique = Guid.NewGuid().ToString("N");
        string Of(string form) => form.Replace("{0}", unique, StringComparison.Ordinal);
        var customer = await service.Api.SignUp(channel, Of(own));
        (await customer.Post(ContactChange.RequestPath, ContactChange.BodyOf(channel, Of(typed))))
            .ShouldBeProblem(422, "contact-unchanged");
    }

    [Theory]
    [InlineData("""{}""", 400, "invalid-member")]
    [InlineData("""{"token":""}""", 400, "invalid-member")]
    [InlineData("""{"token":"abc"}""", 400, "invalid-member")]
    [InlineData("""{"token":7}""", 400, "invalid-member")]
    [InlineData("""{"token":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""",
        410, "undo-over")]
    public async Task Undo_WithWhatIsNotAToken_IsRefused(string body, int status, string code) =>
        (await service.Api.Post(ContactChange.UndoPath, body)).ShouldBeProblem(status, code);

    [Fact]
    public async Task Undo_WithAnotherTokenOfTheSameCustomer_IsOver()
    {
        var old = Contacts.NewPhone();
        var customer = await service.Api.SignUp("phone", old);
        await ContactChange.Request(customer, "phone", Contacts.NewPhone());
        var token = await ContactChange.Token(service.Api, old, notices: 1);
        var other = token[..^4] + (token.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA");
        (await ContactChange.Undo(service.Api, other)).ShouldBeProblem(410, "undo-over");
        (await ContactChange.Undo(service.Api, token)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task StaleVersion_IsSaidBeforeAnythingIsCounted()
    {
        var customer = await service.Api.SignUp();
        var change = await ContactChange.Request(customer, "phone", Contacts.NewPhone());
        var body = $$"""{"change_id":"{{change.Id}}","code":"{{change.WrongCode}}"}""";
        (await customer.Send("POST", ContactChange.VerifyPath, body, ifMatch: "\"1\""))
            .ShouldBeProblem(412, "version-mismatch");
        (await change.Verify(change.WrongCode)).Json.GetProperty("attempts_left").GetInt32()
            .ShouldBe(4);
    }
}
