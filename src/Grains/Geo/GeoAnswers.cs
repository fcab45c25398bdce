using System.Text.Encodings.Web;
using System.Text.Json;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Geo;

namespace CustomerGrains.Grains.Geo;

/// <summary>Renders where customers are as the API's JSON.</summary>
internal static class GeoAnswers
{
    /// <summary>Decimals of a cell's middle: a metre.</summary>
    private const int CentreDecimals = 5;

    // The answer is application/json, never part of a page: letters need no escapes.
    private static readonly GeoViewJson Json =
        new(new JsonSerializerOptions(GeoViewJson.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });

    public static byte[] HeatMap(IReadOnlyList<HeatCell> cells) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new HeatMapView(
            [
                .. cells.Select(cell => new HeatCellView(
                    cell.Geohash,
                    decimal.Round((decimal)cell.Latitude, CentreDecimals),
                    decimal.Round((decimal)cell.Longitude, CentreDecimals),
                    cell.Customers)),
            ]),
            Json.HeatMapView);

    public static byte[] Nearest(IReadOnlyList<NearAddress> found) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new NearAddressList([.. found.Select(View)], NextCursor: null), Json.NearAddressList);

    private static NearAddressView View(NearAddress near) => new()
    {
        AddressId = near.Id,
        CustomerId = near.CustomerId,
        Name = near.Name,
        Label = near.Label,
        City = near.City,
        PostalCode = near.PostalCode,
        Country = near.Country,
        Latitude = near.Latitude,
        Longitude = near.Longitude,
        DistanceM = (int)Math.Round(near.Metres),
    };
}
