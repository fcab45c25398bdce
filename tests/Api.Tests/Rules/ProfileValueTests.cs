using System.Net;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Rules;

/// <summary>Values of profile members at and past their bounds.</summary>
public sealed class ProfileValueTests(ServiceFixture service)
{
    [Theory]
    [InlineData("date_of_birth", "1990-02-30")]
    [InlineData("date_of_birth", "1900-02-29")]
    [InlineData("date_of_birth", "1990-13-01")]
    [InlineData("date_of_birth", "1990-1-1")]
    [InlineData("date_of_birth", "17/04/1990")]
    [InlineData("date_of_birth", "1990-04-17T00:00:00Z")]
    [InlineData("date_of_birth", "")]
    [InlineData("date_of_birth", "9999-01-01")]
    [InlineData("date_of_birth", "1700-01-01")]
    [InlineData("gender", "Female")]
    [InlineData("gender", "unknown")]
    [InlineData("gender", "")]
    [InlineData("name", "")]
    [InlineData("name", "   ")]
    [InlineData("preferred_language", "")]
    [InlineData("preferred_language", "e")]
    [InlineData("preferred_language", "english language")]
    [InlineData("avatar_media_id", "42")]
    public async Task EditProfile_InvalidValue_IsRefusedByName(string member, string value)
    {
        var customer = await service.Api.CreateGuest();

        var answer = await customer.Edit($$"""{"{{member}}":"{{value}}"}""");

        answer.ShouldBeProblem(400, "invalid-member", member);
        (await customer.Profile()).Header("ETag").ShouldBe(
            (await customer.Edit("{}")).Header("ETag"));
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    [InlineData(5000, false)]
    public async Task EditProfile_LongName_IsAcceptedUpToItsBound(int length, bool isAccepted)
    {
        var customer = await service.Api.CreateGuest();

        var answer = await customer.Edit($$"""{"name":"{{new string('n', length)}}"}""");

        if (isAccepted) answer.ShouldBe(HttpStatusCode.OK);
        else answer.ShouldBeProblem(400, "invalid-member", "name");
    }

    [Fact]
    public async Task EditProfile_SeveralInvalidValues_AllAreNamed()
    {
        var customer = await service.Api.CreateGuest();

        var answer = await customer.Edit(
            """{"name":"","gender":"x","date_of_birth":"never","preferred_language":"en"}""");

        answer.ShouldBeProblem(400, "invalid-member", "name", "gender", "date_of_birth");
    }

    [Fact]
    public async Task EditProfile_InvalidValue_IsNotRepeatedInTheAnswer()
    {
        var customer = await service.Api.CreateGuest();
        const string canary = "canary-7f3a9c";

        var answer = await customer.Edit(
            $$"""{"gender":"{{canary}}","name":"","avatar_media_id":"{{canary}}"}""");

        answer.Text.ShouldNotContain(canary);
    }

    [Fact]
    public async Task EditProfile_AvatarOfNobody_IsUnknown()
    {
        var customer = await service.Api.CreateGuest();

        var answer = await customer.Edit($$"""{"avatar_media_id":"{{Guid.NewGuid()}}"}""");

        answer.ShouldBeProblem(422, "media-unknown");
    }

    [Theory]
    [InlineData("""{"content_type":"image/png"}""", "bytes")]
    [InlineData("""{"content_type":"image/png","bytes":null}""", "bytes")]
    [InlineData("""{"content_type":"image/png","bytes":0}""", "bytes")]
    [InlineData("""{"content_type":"image/png","bytes":-1}""", "bytes")]
    [InlineData("""{"content_type":"image/png","bytes":1.5}""", "bytes")]
    [InlineData("""{"content_type":"image/png","bytes":"100"}""", "bytes")]
    [InlineData("""{"content_type":"image/png","bytes":9223372036854775808}""", "bytes")]
    [InlineData("""{"content_type":"image/png","bytes":1e99}""", "bytes")]
    [InlineData("""{"bytes":100}""", "content_type")]
    [InlineData("""{"content_type":"","bytes":100}""", "content_type")]
    [InlineData("""{"content_type":"text/html","bytes":100}""", "content_type")]
    [InlineData("""{"content_type":7,"bytes":100}""", "content_type")]
    public async Task AddMedia_InvalidValue_IsRefusedByName(string body, string member)
    {
        var customer = await service.Api.CreateGuest();

        var answer = await customer.Post("/api/utc/media", body);

        answer.ShouldBeProblem(400, "invalid-member", member);
    }
}
