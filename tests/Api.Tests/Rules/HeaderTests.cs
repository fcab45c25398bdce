using System.Net;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Rules;

/// <summary>ETag, If-Match, If-None-Match and malformed keys.</summary>
[Trait("Section", "S9")]
public sealed class HeaderTests(ServiceFixture service)
{
    [Theory]
    [InlineData("2")]
    [InlineData("\"\"")]
    [InlineData("\"abc\"")]
    [InlineData("\"-1\"")]
    [InlineData("\" 1\"")]
    [InlineData("\"1")]
    [InlineData("W/\"1\"")]
    [InlineData("\"1\", \"2\"")]
    [InlineData("\"99999999999999999999\"")]
    public async Task IfMatch_Malformed_IsInvalid(string value)
    {
        var customer = await service.Api.CreateGuest();

        var answer = await customer.Edit("""{"name":"Asha"}""", ifMatch: value);

        answer.ShouldBeProblem(400, "invalid-header", "If-Match");
    }

    [Fact]
    public async Task IfMatch_PresentVersionOrAny_IsAccepted()
    {
        var customer = await service.Api.CreateGuest();
        var version = (await customer.Profile()).Header("ETag");

        var first = await customer.Edit("""{"name":"Asha"}""", ifMatch: version);
        var second = await customer.Edit("""{"name":"Usha"}""", ifMatch: "*");

        first.ShouldBe(HttpStatusCode.OK).Header("ETag").ShouldNotBe(version);
        second.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task IfMatch_Stale_IsRefusedAndChangesNothing()
    {
        var customer = await service.Api.CreateGuest();
        var stale = (await customer.Profile()).Header("ETag");
        var id = await customer.AddAddress();
        var before = (await customer.Profile()).Text;

        var answers = await Task.WhenAll(
            customer.Edit("""{"name":"Asha"}""", ifMatch: stale),
            customer.Patch(Customer.AddressPath(id), """{"label":"x"}""", ifMatch: stale),
            customer.Patch(Customer.DefaultPath(id), """{"is_default":true}""", ifMatch: stale),
            customer.Delete(Customer.AddressPath(id), ifMatch: stale));

        foreach (var answer in answers) answer.ShouldBeProblem(412, "version-mismatch");
        (await customer.Profile()).Text.ShouldBe(before);
    }

    [Fact]
    public async Task IfMatch_SameVersionByMany_OneWins()
    {
        var customer = await service.Api.CreateGuest();
        var version = (await customer.Profile()).Header("ETag");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            i => customer.Edit($$"""{"name":"Name {{i}}"}""", ifMatch: version)));

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed).ShouldBe(19);
    }

    [Fact]
    public async Task IfNoneMatch_PresentVersion_IsNotModified()
    {
        var customer = await service.Api.CreateGuest();
        var version = (await customer.Profile()).Header("ETag")!;

        foreach (var seen in (string[])[version, "W/" + version, "\"0\", " + version, "*"])
        {
            var answer = await service.Api.Send(new Call("GET", Customer.ProfilePath)
            {
                Token = customer.Token,
                Headers = [("If-None-Match", seen)],
            });
            answer.ShouldBe(HttpStatusCode.NotModified);
            answer.Body.ShouldBeEmpty();
            answer.Header("ETag").ShouldBe(version);
        }
    }

    [Fact]
    public async Task IfNoneMatch_OtherVersion_IsAnswered()
    {
        var customer = await service.Api.CreateGuest();

        var answer = await service.Api.Send(new Call("GET", Customer.ProfilePath)
        {
            Token = customer.Token,
            Headers = [("If-None-Match", "\"0\"")],
        });

        answer.ShouldBe(HttpStatusCode.OK).Member("id").ShouldBe(customer.Id.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("has space")]
    [InlineData("tab\tinside")]
    public async Task IdempotencyKey_Malformed_IsInvalid(string key)
    {
        var customer = await service.Api.CreateGuest();

        var answer = await customer.Edit("""{"name":"Asha"}""", key);

        answer.ShouldBeProblem(400, "invalid-header", "Idempotency-Key");
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public async Task IdempotencyKey_Length_IsBounded(int length, bool isAccepted)
    {
        var customer = await service.Api.CreateGuest();

        var answer = await customer.Edit("""{"name":"Asha"}""", new string('~', length));

        if (isAccepted) answer.ShouldBe(HttpStatusCode.OK);
        else answer.ShouldBeProblem(400, "invalid-header", "Idempotency-Key");
    }

    [Fact]
    public async Task AnyAnswer_NamesNoServer()
    {
        var answer = await service.Api.Get("/health/live");

        answer.Header("Server").ShouldBeNull();
    }
}
