using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Geo;
using CustomerGrains.Storage.Tests.Customers;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Geo;

public sealed class GeoSearchTests(PostgresFixture postgres, ITestOutputHelper output)
    : IAsyncLifetime
{
    private const double MetresPerDegree = 111_195;

    private StoreHarness _store = null!;
    private CustomerDatabase _database = null!;
    private GeoSearch _geo = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await StoreHarness.Create(postgres);
        _database = new CustomerDatabase(_store.Database.Service);
        _geo = new GeoSearch(_database);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Nearest_AnywhereOnEarth_AreThoseThatAreNearest()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        // Towns, the date line, both poles, the places where cells begin.
        foreach (var (latitude, longitude) in ((double, double)[])
            [(18.52, 73.85), (0, 0), (12, 179.999), (-17, -179.9995), (89.999, 10), (60, 90)])
        {
            var places = Enumerable.Range(0, 40).Select(_ => Around(random, latitude, longitude))
                .ToArray();
            var customer = await Import(places);
            foreach (var metres in (double[])[50, 400, 3_000, 50_000])
            {
                var found = await _geo.Nearest((decimal)latitude, (decimal)longitude, metres, 100);
                var expected = customer.Customer.Addresses
                    .Select(a => (a.Id, Metres: Distance(latitude, longitude, a.Details)))
                    .Where(a => a.Metres <= metres).OrderBy(a => a.Metres).ToArray();
                found.Select(f => f.Id).ShouldBe(expected.Select(e => e.Id), $"{latitude} {longitude} {metres}");
                foreach (var (one, other) in found.Zip(expected))
                    one.Metres.ShouldBe(other.Metres, 1);
            }

            var few = await _geo.Nearest((decimal)latitude, (decimal)longitude, 50_000, 3);
            var all = await _geo.Nearest((decimal)latitude, (decimal)longitude, 50_000, 100);
            few.Select(f => f.Id).ShouldBe(all.Take(3).Select(a => a.Id));
            await _store.Database.Execute("UPDATE addresses SET deleted_at = now(), is_default = false");
        }
    }

    [Fact]
    public async Task HeatMap_CountsEachCustomerOnce_WhereTheDefaultIs()
    {
        var pune = (18.5204m, 73.8567m);
        var delhi = (28.6315m, 77.2167m);
        await Import([pune, delhi]);
        await Import([pune]);
        var moved = await Import([delhi, pune]);
        var homeless = await _store.SignUp();
        await _store.Commit(homeless, new CustomerCommand.AddAddress(
            new(Guid.CreateVersion7(), new AddressDetails
            {
                Line1 = "1", City = "Pune", PostalCode = "411001", Country = "IN",
            }), AsDefault: true));

        (await HeatMap(5)).ShouldBe([("tek92", 2), ("ttnfv", 1)]);
        (await HeatMap(1)).ShouldBe([("t", 3)]);
        await _store.Commit(moved, new CustomerCommand.SetDefaultAddress(
            moved.Customer.Addresses[1].Id));
        (await HeatMap(5)).ShouldBe([("tek92", 3)]);
    }

    private async Task<(string, int)[]> HeatMap(int letters) =>
        [.. (await _geo.HeatMap(letters, 100)).Select(cell => (cell.Geohash, cell.Customers))];

    private Task<LoadedCustomer> Import(IEnumerable<(decimal Latitude, decimal Longitude)> places) =>
        _store.Commit(StoreHarness.Unborn(), new CustomerCommand.Import(
            "Ann", null, null, null,
            [
                .. places.Select(place => new NewAddress(Guid.CreateVersion7(), new AddressDetails
                {
                    Country = "IN",
                    Latitude = AddressDetails.Degrees(place.Latitude),
                    Longitude = AddressDetails.Degrees(place.Longitude),
                })),
            ]));

    /// <summary>From some metres to some 50 kilometres away, each distance as likely.</summary>
    private static (decimal, decimal) Around(Random random, double latitude, double longitude)
    {
        var metres = Math.Pow(10, 0.5 + random.NextDouble() * 4.3);
        var angle = random.NextDouble() * 2 * Math.PI;
        var dy = metres * Math.Sin(angle) / MetresPerDegree;
        var dx = metres * Math.Cos(angle) / MetresPerDegree
            / Math.Max(0.0001, Math.Cos(latitude * Math.PI / 180));
        var x = ((longitude + dx + 540) % 360 + 360) % 360 - 180;
        return ((decimal)Math.Clamp(latitude + dy, -89.99999, 89.99999), (decimal)x);
    }

    private static double Distance(double latitude, double longitude, AddressDetails to)
    {
        const double radians = Math.PI / 180;
        var (a, b) = (latitude * radians, (double)to.Latitude! * radians);
        var across = ((double)to.Longitude! - longitude) * radians;
        var h = Math.Pow(Math.Sin((b - a) / 2), 2)
            + Math.Cos(a) * Math.Cos(b) * Math.Pow(Math.Sin(across / 2), 2);
        return 2 * 6_371_008.8 * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }
}
