using CsCheck;
using CustomerGrains.Storage.Geo;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Geo;

public sealed class GeoCoverTests
{
    private const double MetresPerDegree = 6_371_008.8 * Math.PI / 180;
    private const int CellsMax = 64;

    private static readonly Gen<(double Latitude, double Longitude, double Metres)> Circle =
        Gen.Select(
            Gen.OneOf(
                Gen.Double[-90, 90], Gen.Const(-90.0), Gen.Const(89.999), Gen.Const(90.0)),
            Gen.OneOf(
                Gen.Double[-180, 180], Gen.Const(-180.0), Gen.Const(-179.9999),
                Gen.Const(180.0)),
            Gen.Double[0, 5].Select(power => Math.Pow(10, power)));

    [Fact]
    public void Cells_HoldEveryPlaceWithinReach() =>
        Gen.Select(Circle, Gen.Double[0, 1], Gen.Double[0, 2 * Math.PI])
            .Sample((circle, part, bearing) =>
            {
                var (lows, highs) = GeoCover.Of(circle.Latitude, circle.Longitude, circle.Metres);
                lows.Length.ShouldBeInRange(1, CellsMax);
                var (latitude, longitude) = Go(circle, part * circle.Metres, bearing);
                var cell = GeoCell.Of(latitude, longitude);
                lows.Zip(highs).ShouldContain(r => r.First <= cell && cell < r.Second);
            });

    /// <summary>Where people live: the fewer cells' worth of others has to be looked at.</summary>
    [Fact]
    public void Cells_AreNotMuchMoreThanTheCircle() =>
        Gen.Select(Gen.Double[-60, 60], Gen.Double[-179, 179], Gen.Double[100, 50_000])
            .Sample((latitude, longitude, metres) =>
            {
                var (lows, highs) = GeoCover.Of(latitude, longitude, metres);
                var share = lows.Zip(highs).Sum(r => (r.Second - r.First) / Math.Pow(2, 60));
                var area = share * 360 * 180 * Math.Pow(MetresPerDegree, 2)
                    * Math.Cos(latitude * Math.PI / 180);
                (area / (Math.PI * metres * metres)).ShouldBeLessThan(4);
            });

    private static (double Latitude, double Longitude) Go(
        (double Latitude, double Longitude, double Metres) from, double metres, double bearing)
    {
        var (phi, distance) = (from.Latitude * Math.PI / 180, metres / 6_371_008.8);
        var sin = Math.Sin(phi) * Math.Cos(distance)
            + Math.Cos(phi) * Math.Sin(distance) * Math.Cos(bearing);
        var to = Math.Asin(Math.Clamp(sin, -1, 1));
        var east = Math.Atan2(
            Math.Sin(bearing) * Math.Sin(distance) * Math.Cos(phi),
            Math.Cos(distance) - Math.Sin(phi) * Math.Sin(to));
        var longitude = from.Longitude + east * 180 / Math.PI;
        return (to * 180 / Math.PI, longitude > 180 ? longitude - 360
            : longitude < -180 ? longitude + 360 : longitude);
    }
}
