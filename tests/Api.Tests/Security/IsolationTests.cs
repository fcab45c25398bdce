using System.Net;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Security;

/// <summary>Another customer's things are as absent as things that never were.</summary>
[Trait("Section", "S2")]
public sealed class IsolationTests(ServiceFixture service)
{
    [Fact]
    public async Task Address_OfAnother_LooksExactlyLikeAbsent()
    {
        var owner = await service.Api.CreateGuest();
        var stranger = await service.Api.CreateGuest();
        await stranger.AddAddress();
        var foreign = await owner.AddAddress();
        var before = (await owner.Profile()).Text;
        (string Method, Func<Guid, string> Path, string Body)[] calls =
        [
            ("PATCH", Customer.AddressPath, """{"label":"Mine"}"""),
            ("DELETE", Customer.AddressPath, ""),
            ("PATCH", Customer.DefaultPath, """{"is_default":true}"""),
        ];

        foreach (var (method, path, body) in calls)
        {
            var theirs = await stranger.Send(method, path(foreign), body);
            var absent = await stranger.Send(method, path(Guid.NewGuid()), body);
            var malformed = await stranger.Send(
                method, path(foreign).Replace(foreign.ToString(), "42", StringComparison.Ordinal),
                body);

            theirs.ShouldBeProblem(404, "not-found");
            theirs.WithoutTraceId().ShouldBe(absent.WithoutTraceId());
            theirs.WithoutTraceId().ShouldBe(malformed.WithoutTraceId());
            theirs.Header("ETag").ShouldBeNull();
        }

        (await owner.Profile()).Text.ShouldBe(before);
        (await owner.Addresses()).ShouldHaveSingleItem().Id().ShouldBe(foreign);
    }

    [Fact]
    public async Task Address_IdInUpperCase_IsTheSame()
    {
        var customer = await service.Api.CreateGuest();
        var id = await customer.AddAddress();

        var answer = await customer.Patch(
            Customer.AddressesPath + "/" + id.ToString().ToUpperInvariant(), """{"label":"W"}""");

        answer.ShouldBe(HttpStatusCode.OK).Json.Id().ShouldBe(id);
    }

    [Fact]
    public async Task ReplayedAnswer_UnderAnothersKey_IsNotGiven()
    {
        var owner = await service.Api.CreateGuest();
        var stranger = await service.Api.CreateGuest();
        var key = Guid.NewGuid().ToString();
        var mine = await owner.Post(Customer.AddressesPath, Customer.Home, key);

        var theirs = await stranger.Post(Customer.AddressesPath, Customer.Home, key);

        theirs.ShouldBe(HttpStatusCode.Created).IsReplay.ShouldBeFalse();
        theirs.Json.Id().ShouldNotBe(mine.Json.Id());
    }

    [Fact]
    public async Task SignInStart_KnownAndUnknownContact_LookTheSame()
    {
        // A series of codes ends with success, so the next start is not cooling down.
        var contact = Contacts.NewPhone();
        await service.Api.SignUp("phone", contact);

        var known = await service.Api.Post("/api/auth/otp", ApiClient.StartOf("phone", contact));
        var unknown = await service.Api.Post(
            "/api/auth/otp", ApiClient.StartOf("phone", Contacts.NewPhone()));

        known.ShouldBe(HttpStatusCode.Accepted);
        Names(known).ShouldBe(Names(unknown));
    }

    private static string[] Names(Answer answer) =>
        [.. answer.Json.EnumerateObject().Select(member => member.Name)];
}
