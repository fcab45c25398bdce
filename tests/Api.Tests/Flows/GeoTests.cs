using System.Globalization;
using System.Net;
using System.Text.Json;
using CustomerGrains.Api.Tests.Http;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Flows;

/// <summary>Where customers are. Each test has a place of its own, far out at sea.</summary>
public sealed class GeoTests(ServiceFixture service)
{
    private const string NearestPath = "/api/admin/addresses/nearest";
    private const string HeatMapPath = "/api/admin/heatmap";

    [Fact]
    public async Task Nearest_ShowsTheNearestFirst_AndIsLogged()
    {
        var admin = await Admin.Create(service.Api);
        var (latitude, longitude) = Place();
        var near = await CustomerAt(latitude + 0.001, longitude);
        var far = await CustomerAt(latitude + 0.02, longitude);

        var query = string.Create(CultureInfo.InvariantCulture,
            $"?latitude={latitude}&longitude={longitude}&radius_m=5000");
        var answer = (await service.Api.Get(NearestPath + query, admin.Token))
            .ShouldBe(HttpStatusCode.OK).Json;
        var items = answer.GetProperty("items");
        items.EnumerateArray().Select(item => item.GetProperty("customer_id").GetGuid())
            .ShouldBe([near.Id, far.Id]);
        items[0].GetProperty("distance_m").GetInt32().ShouldBeInRange(110, 112);
        items[0].GetProperty("city").GetString().ShouldBe("Atlantis");
        answer.GetProperty("next_cursor").ValueKind.ShouldBe(JsonValueKind.Null);
        (await near.Get("/api/utc/access-log")).Json.GetProperty("items")[0]
            .GetProperty("purpose").GetString().ShouldBe("nearest addresses");
        (await service.Api.Get(NearestPath + query + "&limit=1", admin.Token)).Json
            .GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("", "latitude", "longitude")]
    [InlineData("?latitude=91&longitude=0", "latitude")]
    [InlineData("?latitude=0&longitude=-180.1", "longitude")]
    [InlineData("?latitude=NaN&longitude=0", "latitude")]
    [InlineData("?latitude=0&longitude=0&radius_m=0", "radius_m")]
    [InlineData("?latitude=0&longitude=0&radius_m=50001", "radius_m")]
    [InlineData("?latitude=0&longitude=0&radius_m=1.5", "radius_m")]
    [InlineData("?latitude=0&longitude=0&limit=201", "limit")]
    [InlineData("?latitude=0&longitude=0&latitude=0", "latitude")]
    public async Task Nearest_OfABadPlace_NamesTheMember(string query, params string[] members) =>
        (await service.Api.Get(NearestPath + query, (await Admin.Create(service.Api)).Token))
            .ShouldBeProblem(400, "invalid-member", members);

    [Fact]
    public async Task HeatMap_ShowsNewCustomersSoon()
    {
        var admin = await Admin.Create(service.Api);
        var (latitude, longitude) = Place();
        await CustomerAt(latitude, longitude);
        await CustomerAt(latitude, longitude);

        await Eventually.Holds("both are counted", async () =>
            (await service.Api.Get(HeatMapPath + "?precision=7", admin.Token))
            .ShouldBe(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray()
            .Any(cell => cell.GetProperty("customers").GetInt32() == 2
                && Math.Abs(cell.GetProperty("latitude").GetDouble() - latitude) < 0.001
                && Math.Abs(cell.GetProperty("longitude").GetDouble() - longitude) < 0.001
                && cell.GetProperty("geohash").GetString()!.Length == 7),
            TestContext.Current.CancellationToken);
        (await service.Api.Get(HeatMapPath, admin.Token)).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("?precision=0")]
    [InlineData("?precision=8")]
    [InlineData("?precision=x")]
    [InlineData("?precision=1&precision=2")]
    public async Task HeatMap_OfABadPrecision_NamesIt(string query) =>
        (await service.Api.Get(HeatMapPath + query, (await Admin.Create(service.Api)).Token))
            .ShouldBeProblem(400, "invalid-member", "precision");

    private async Task<Customer> CustomerAt(double latitude, double longitude)
    {
        var customer = await service.Api.CreateGuest();
        await customer.AddAddress(string.Create(CultureInfo.InvariantCulture,
            $$"""{"city":"Atlantis","latitude":{{latitude}},"longitude":{{longitude}}}"""));
        return customer;
    }

    private static (double, double) Place() => (
        Math.Round(-40 + Random.Shared.NextDouble() * 30, 5),
        Math.Round(-30 + Random.Shared.NextDouble() * 25, 5));
}
