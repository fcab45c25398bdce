using System.Collections.Immutable;
using System.Text;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.SignIn;

[Trait("Section", "R9")]
public sealed class SignInGrainTests(PostgresFixture postgres) : IAsyncLifetime
{
    private TestSilo _silo = null!;

    private ISignInGrain SignIn => _silo.Grains.GetGrain<ISignInGrain>(0);

    private IDevelopmentGrain Development => _silo.Grains.GetGrain<IDevelopmentGrain>(0);

    public async ValueTask InitializeAsync() => _silo = await TestSilo.Start(postgres);

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Theory]
    [InlineData("phone", "+49 151 1234567", "+491511234567")]
    [InlineData("email", "Ada@Example.com", "ada@example.com")]
    public async Task Complete_NewContact_SignsUp_AndTheNextTimeSignsIn(
        string channel, string typed, string stored)
    {
        var first = await Enter(channel, typed, stored);
        first.Created.ShouldBeTrue();

        _silo.Time.Advance(TimeSpan.FromMinutes(1));
        var second = await Enter(channel, typed, stored);
        second.Created.ShouldBeFalse();
        second.CustomerId.ShouldBe(first.CustomerId);
        second.ExpiresIn.ShouldBe(3600);

        var profile = await Profile(second.CustomerId);
        profile.ShouldContain($"\"{channel}\":\"{stored}\"");
        profile.ShouldContain($"\"{channel}_verified\":true");
        profile.ShouldContain("\"last_login_at\":\"2026-11-23T08:01:00");
    }

    [Fact]
    public async Task Start_KnownAndUnknownContact_AnswerAlike()
    {
        await Enter("phone", "+491511234567", "+491511234567");
        _silo.Time.Advance(TimeSpan.FromMinutes(1));

        var known = (await SignIn.Start("phone", "+491511234567")).Challenge!;
        var unknown = (await SignIn.Start("phone", "+491511234568")).Challenge!;

        (known with { ChallengeId = default }).ShouldBe(unknown with { ChallengeId = default });
    }

    [Fact]
    public async Task Start_TwiceInARow_CoolsDown()
    {
        await SignIn.Start("phone", "+491511234567");

        var again = await SignIn.Start("phone", "+49 151 1234567");

        again.Code.ShouldBe(ReplyCode.OtpCooldown);
        again.RetryAfter.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Start_NotAContact_NamesTheMember()
    {
        var reply = await SignIn.Start("phone", "0151 1234567");

        reply.Code.ShouldBe(ReplyCode.InvalidMember);
        reply.Errors.ShouldHaveSingleItem().Member.ShouldBe("contact");
    }

    [Fact]
    public async Task Complete_Refusals_AreToldApart()
    {
        var challenge = (await SignIn.Start("phone", "+491511234567")).Challenge!;
        var code = await NewestCode("+491511234567");
        var wrong = code == "000000" ? "000001" : "000000";

        (await SignIn.Complete(Guid.Empty, code)).Code.ShouldBe(ReplyCode.OtpUnknown);
        var refused = await SignIn.Complete(challenge.ChallengeId, wrong);
        refused.Code.ShouldBe(ReplyCode.OtpWrong);
        refused.AttemptsLeft.ShouldBe(4);
        (await SignIn.Complete(challenge.ChallengeId, code)).Code.ShouldBe(ReplyCode.Ok);
        (await SignIn.Complete(challenge.ChallengeId, code)).Code.ShouldBe(ReplyCode.OtpUsed);
    }

    [Fact]
    public async Task Complete_TwoCodesOfANewContactAtOnce_MakeOneCustomer()
    {
        const string phone = "+491511234567";
        var proofs = new List<(Guid Id, string Code)>();
        for (var i = 0; i < 4; i++)
        {
            var challenge = (await SignIn.Start("phone", phone)).Challenge!;
            proofs.Add((challenge.ChallengeId, await NewestCode(phone, sent: i + 1)));
            _silo.Time.Advance(challenge.ResendAfter - _silo.Time.GetUtcNow().UtcDateTime);
        }

        var replies = await Task.WhenAll(proofs.Select(p => SignIn.Complete(p.Id, p.Code)));

        replies.ShouldAllBe(reply => reply.Code == ReplyCode.Ok);
        replies.Select(reply => reply.Tokens!.CustomerId).Distinct().Count().ShouldBe(1);
        replies.Count(reply => reply.Tokens!.Created).ShouldBe(1);
    }

    [Fact]
    public async Task CreateGuest_IsTemporary_WithTokensOfItsOwn()
    {
        var guest = (await SignIn.CreateGuest()).Tokens!;

        guest.Created.ShouldBeTrue();
        var profile = await Profile(guest.CustomerId);
        profile.ShouldContain("\"is_temporary\":true");
        profile.ShouldContain("\"account_status\":\"temporary\"");
        (await SignIn.Refresh(guest.RefreshToken)).Tokens!.CustomerId.ShouldBe(guest.CustomerId);
    }

    [Fact]
    public async Task Refresh_RotatesAndRevokesTheFamilyOnReuse()
    {
        var guest = (await SignIn.CreateGuest()).Tokens!;
        var second = (await SignIn.Refresh(guest.RefreshToken)).Tokens!;
        second.Created.ShouldBeFalse();

        (await SignIn.Refresh(guest.RefreshToken)).Code.ShouldBe(ReplyCode.RefreshTokenInvalid);
        (await SignIn.Refresh(second.RefreshToken)).Code.ShouldBe(ReplyCode.RefreshTokenInvalid);
    }

    [Fact]
    public async Task SignOut_EndsTheFamily()
    {
        var guest = (await SignIn.CreateGuest()).Tokens!;

        await SignIn.SignOut(guest.RefreshToken);
        await SignIn.SignOut("unknown");

        (await SignIn.Refresh(guest.RefreshToken)).Code.ShouldBe(ReplyCode.RefreshTokenInvalid);
    }

    [Fact]
    public async Task AccessToken_IsCheckedByThePublishedKeys_AndSaysWhatItShould()
    {
        var guest = (await SignIn.CreateGuest()).Tokens!;

        var token = await Validate(guest.AccessToken);

        token.Alg.ShouldBe("ES256");
        token.Subject.ShouldBe(guest.CustomerId.ToString());
        token.GetPayloadValue<string>("role").ShouldBe("utc");
        token.GetPayloadValue<long>("iat_ms").ShouldBe(_silo.Time.GetUtcNow().ToUnixTimeMilliseconds());
        (token.ValidTo - token.IssuedAt).ShouldBe(TimeSpan.FromHours(1));
        Encoding.UTF8.GetString(await SignIn.GetKeySet()).ShouldNotContain("\"d\"");
    }

    [Fact]
    public async Task IssueToken_ForABranch_CarriesItsId()
    {
        var (subject, branch) = (Guid.Parse("0198c0de-0000-7000-8000-000000000001"), Guid.Parse("0198c0de-0000-7000-8000-000000000002"));

        var token = await Validate(await Development.IssueToken("utb", subject, branch));
        token.GetPayloadValue<string>("branch_id").ShouldBe(branch.ToString());
        token.Subject.ShouldBe(subject.ToString());

        var other = await Validate(await Development.IssueToken("uta", subject, branch));
        other.TryGetPayloadValue<string>("branch_id", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task GetMessages_ContactTypedLoosely_FindsItsMessagesNewestFirst()
    {
        await SignIn.Start("phone", "+491511234567");
        await NewestCode("+491511234567");
        _silo.Time.Advance(TimeSpan.FromSeconds(30));
        await SignIn.Start("phone", "+491511234567");
        await NewestCode("+491511234567", sent: 2);

        var messages = await Development.GetMessages(" 491511234567"); // + not escaped in a URL

        messages.Length.ShouldBe(2);
        messages[0].SentAt.ShouldBeGreaterThan(messages[1].SentAt);
        messages[0].To.ShouldBe("+491511234567");
        messages[0].Purpose.ShouldBe("sign_in");
        (await Development.GetMessages("nobody@example.com")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Development_InProduction_Throws()
    {
        await using var production = await TestSilo.Start(postgres, "Production");
        var grain = production.Grains.GetGrain<IDevelopmentGrain>(0);

        await Should.ThrowAsync<InvalidOperationException>(() => grain.IssueToken("uta", Guid.Empty, null));
        await Should.ThrowAsync<InvalidOperationException>(() => grain.GetMessages("a@example.com"));
    }

    private async Task<SignInTokens> Enter(string channel, string typed, string stored)
    {
        var sent = (await Development.GetMessages(stored)).Length;
        var challenge = (await SignIn.Start(channel, typed)).Challenge.ShouldNotBeNull();
        var code = await NewestCode(stored, sent + 1);
        return (await SignIn.Complete(challenge.ChallengeId, code)).Tokens.ShouldNotBeNull();
    }

    /// <summary>The courier works beside the answer; its promise is half a second.</summary>
    private async Task<string> NewestCode(string contact, int sent = 1)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        ImmutableArray<DeliveredMessage> messages;
        do messages = await Development.GetMessages(contact);
        while (messages.Length < sent
            && TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromSeconds(60));
        messages.Length.ShouldBe(sent);
        return messages[0].Code.ShouldNotBeNull();
    }

    private async Task<string> Profile(Guid customerId)
    {
        var caller = new Caller(
            customerId, CallerRole.Customer, _silo.Time.GetUtcNow().ToUnixTimeMilliseconds());
        var reply = await _silo.Grains.GetGrain<ICustomerGrain>(customerId).GetProfile(caller);
        reply.Code.ShouldBe(ReplyCode.Ok);
        return Encoding.UTF8.GetString(reply.Body);
    }

    private async Task<JsonWebToken> Validate(string token)
    {
        var keys = new JsonWebKeySet(Encoding.UTF8.GetString(await SignIn.GetKeySet()));
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = "customer-grains",
            ValidAudience = "customer-grains",
            ValidAlgorithms = ["ES256"],
            IssuerSigningKeys = keys.GetSigningKeys(),
            LifetimeValidator = (_, expires, _, _) => expires > _silo.Time.GetUtcNow().UtcDateTime,
        });
        result.Exception.ShouldBeNull();
        return (JsonWebToken)result.SecurityToken;
    }
}
