using CustomerGrains.Storage.Geo;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Geo;

public sealed class GeoCellTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Letters = 12;

    /// <summary>Published geohashes.</summary>
    [Theory]
    [InlineData(57.64911, 10.40744, "u4pruydqqvj8")]
    [InlineData(-25.38260, -49.26561, "6gkzwgjzsh6t")]
    [InlineData(0, 0, "s00000000000")]
    [InlineData(-90, -180, "000000000000")]
    [InlineData(90, 180, "zzzzzzzzzzzz")]
    public void Cell_IsTheGeohash(double latitude, double longitude, string geohash)
    {
        var cell = GeoCell.Of(latitude, longitude);
        GeoCell.Text(cell, Letters).ShouldBe(geohash);
        for (var letters = 1; letters <= Letters; letters++)
        {
            var cut = cell >> GeoCell.ShiftFor(letters);
            GeoCell.Text(cut, letters).ShouldBe(geohash[..letters]);
            var (middleLatitude, middleLongitude) = GeoCell.Centre(cut, letters);
            (GeoCell.Of(middleLatitude, middleLongitude) >> GeoCell.ShiftFor(letters))
                .ShouldBe(cut, "the middle is inside");
        }
    }

    [Fact]
    public async Task Database_CountsTheSameCells()
    {
        await using var database = await postgres.CreateDatabase();
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < 200; i++)
        {
            var latitude = decimal.Round((decimal)(random.NextDouble() * 180 - 90), 8);
            var longitude = decimal.Round((decimal)(random.NextDouble() * 360 - 180), 8);
            var stored = await database.Query<long>(FormattableString.Invariant(
                $"SELECT geo_cell_of({latitude}, {longitude})"));
            stored.ShouldBe(
                GeoCell.Of((double)latitude, (double)longitude), $"{latitude}, {longitude}");
        }
    }
}
