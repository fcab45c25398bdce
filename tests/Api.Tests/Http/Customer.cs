using System.Net;
using System.Text.Json;

namespace CustomerGrains.Api.Tests.Http;

/// <summary>A signed-in customer.</summary>
internal sealed record Customer(
    ApiClient Api, Guid Id, string Contact, string Token, string RefreshToken)
{
    public const string ProfilePath = "/api/utc/profile";
    public const string AddressesPath = "/api/utc/addresses";

    /// <summary>An address that is accepted.</summary>
    public const string Home =
        """{"label":"Home","line1":"12 Lake Road","city":"Pune","postal_code":"411001"}""";

    public static Customer Of(ApiClient api, Answer tokens, string contact) => new(
        api, tokens.Json.GetProperty("customer_id").GetGuid(), contact,
        tokens.Member("access_token"), tokens.Member("refresh_token"));

    public Task<Answer> Get(string path) => Api.Get(path, Token);

    public Task<Answer> Post(string path, string json, string? key = null) =>
        Send("POST", path, json, key);

    public Task<Answer> Patch(
        string path, string json, string? key = null, string? ifMatch = null) =>
        Send("PATCH", path, json, key, ifMatch);

    public Task<Answer> Delete(string path, string? key = null, string? ifMatch = null) =>
        Api.Send(new Call("DELETE", path) { Token = Token, Key = key, IfMatch = ifMatch });

    public Task<Answer> Send(
        string method, string path, string json, string? key = null, string? ifMatch = null) =>
        Api.Send(
            new Call(method, path) { Token = Token, Key = key, IfMatch = ifMatch }.With(json));

    public Task<Answer> Profile() => Get(ProfilePath);

    /// <summary>Edits the profile.</summary>
    public Task<Answer> Edit(string json, string? key = null, string? ifMatch = null) =>
        Patch(ProfilePath, json, key, ifMatch);

    /// <returns>The id of the new address.</returns>
    public async Task<Guid> AddAddress(string json = Home)
    {
        var answer = await Post(AddressesPath, json);
        return answer.ShouldBe(HttpStatusCode.Created).Json.GetProperty("id").GetGuid();
    }

    public async Task<JsonElement[]> Addresses()
    {
        var answer = await Get(AddressesPath + "?limit=200");
        return [.. answer.ShouldBe(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray()];
    }

    public static string AddressPath(Guid id) => $"{AddressesPath}/{id}";

    public static string DefaultPath(Guid id) => $"{AddressesPath}/{id}/default";
}
