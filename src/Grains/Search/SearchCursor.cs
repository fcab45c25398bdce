using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Storage.Search;

namespace CustomerGrains.Grains.Search;

/// <summary>A place in a search. Sealed, because it names how somebody's name begins and travels in
/// addresses of pages.</summary>
internal sealed class SearchCursor(KeyRing keys)
{
    /// <summary>Far above what is made here.</summary>
    private const int LengthMax = 1000;

    private static readonly SealedColumn Use = new("search.cursor");

    public string? Seal(SearchPlace? place) => place is null
        ? null
        : Base64Url.EncodeToString(keys.SealForService(
            Use, Guid.Empty, JsonSerializer.Serialize(place, PlaceJson.Default.SearchPlace)));

    /// <param name="order">Of the search that goes on.</param>
    /// <returns>False when the text is no such place. Null is the place before the first.</returns>
    public bool TryOpen(string? text, SearchOrder order, out SearchPlace? place)
    {
        place = null;
        if (text is null) return true;
        if (order == SearchOrder.Contact || text.Length > LengthMax || !Base64Url.IsValid(text))
            return false;
        try
        {
            var sealedPlace = Base64Url.DecodeFromChars(text);
            place = JsonSerializer.Deserialize(
                keys.OpenForService(Use, Guid.Empty, sealedPlace), PlaceJson.Default.SearchPlace);
            return place?.Order == order;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}

[JsonSerializable(typeof(SearchPlace))]
internal sealed partial class PlaceJson : JsonSerializerContext;
