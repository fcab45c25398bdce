using CustomerGrains.Api.Tests.Http;
using CustomerGrains.Api.Tests.Security;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Operation;

public sealed class DevelopmentTests(ServiceFixture service)
{
    [Theory]
    [InlineData("""{"role":"god","sub":"01990b3c-5a50-7a2b-9d0e-3a1f7b6c2d11"}""", "role")]
    [InlineData("""{"role":"utc","sub":"42"}""", "sub")]
    [InlineData("""{"role":"utc"}""", "sub")]
    [InlineData("""{"sub":"01990b3c-5a50-7a2b-9d0e-3a1f7b6c2d11"}""", "role")]
    public async Task Token_InvalidMember_IsRefusedByName(string body, string member)
    {
        var answer = await service.Api.Post("/dev/token", body);

        answer.ShouldBeProblem(400, "invalid-member", member);
    }

    [Fact]
    public async Task Token_ForABranch_CarriesTheBranch()
    {
        var branch = Guid.NewGuid();
        var subject = Guid.NewGuid();

        var claims = Jwt.ClaimsOf(await service.Api.Token("utb", subject, branch));

        claims.GetProperty("sub").GetGuid().ShouldBe(subject);
        claims.GetProperty("role").GetString().ShouldBe("utb");
        claims.GetProperty("branch_id").GetGuid().ShouldBe(branch);
    }

    [Fact]
    public async Task Messages_OfAnUnknownContact_AreNone()
    {
        (await service.Api.Messages(Contacts.NewEmail())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Messages_WithoutContact_IsRefused()
    {
        var answer = await service.Api.Get("/dev/messages");

        answer.ShouldBeProblem(400, "invalid-member", "to");
    }

    [Fact]
    public async Task Messages_HaveAllMembers()
    {
        var contact = Contacts.NewEmail();
        await service.Api.Prove("email", contact);

        var message = (await service.Api.Messages(contact)).ShouldHaveSingleItem();

        message.EnumerateObject().Select(member => member.Name).ShouldBe(
            ["to", "channel", "purpose", "code", "text", "token", "sent_at"]);
        message.GetProperty("to").GetString().ShouldBe(contact);
        message.GetProperty("channel").GetString().ShouldBe("email");
    }
}
