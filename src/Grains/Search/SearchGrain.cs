using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Geo;
using CustomerGrains.Grains.Orders;
using CustomerGrains.Storage;
using CustomerGrains.Storage.Access;
using CustomerGrains.Storage.Geo;
using CustomerGrains.Storage.Search;
using Orleans.Concurrency;

namespace CustomerGrains.Grains.Search;

[StatelessWorker, Reentrant, GrainType("search")]
internal sealed class SearchGrain(
    CustomerSearch customers,
    GeoSearch geo,
    SearchCursor cursors,
    OrderDesk desk,
    TimeProvider time)
    : Grain, ISearchGrain
{
    private const string AdminRole = "uta";
    private const string Purpose = "search";

    private static readonly string[] Fields =
    [
        "name", "masked_phone", "masked_email", "account_status", "customer_tier",
        "customer_segment", "total_spend",
    ];

    private const string NearbyPurpose = "nearest addresses";

    private static readonly string[] NearbyFields =
        ["name", "label", "city", "postal_code", "country", "latitude", "longitude"];

    public async Task<Reply> Search(CustomerQuery query, PageRequest page, Caller admin)
    {
        var (filter, errors) = SearchParser.Parse(query);
        var isPlace = cursors.TryOpen(
            page.Cursor, CustomerSearch.OrderOf(filter), out var after);
        if (!isPlace) errors = errors.Add(new("cursor", "Not a cursor of this list."));
        if (!errors.IsEmpty) return new Reply { Code = ReplyCode.InvalidMember, Errors = errors };

        var found = await desk.Ask(() => customers.Find(filter, after, page.Limit));
        await desk.Ask(() => Record(admin, found.Customers.Select(c => c.Id), Purpose, Fields));
        return new Reply
        {
            Code = ReplyCode.Ok,
            Body = SearchAnswers.Customers(found.Customers, cursors.Seal(found.Next)),
        };
    }

    public async Task<Reply> Nearest(NearestQuery query, int limit, Caller admin)
    {
        var (nearby, errors) = Nearby.Parse(query);
        if (!errors.IsEmpty) return new Reply { Code = ReplyCode.InvalidMember, Errors = errors };

        var found = await desk.Ask(() => geo.Nearest(
            nearby.Latitude, nearby.Longitude, nearby.Metres, limit));
        await desk.Ask(() => Record(
            admin, found.Select(a => a.CustomerId).Distinct(), NearbyPurpose, NearbyFields));
        return new Reply { Code = ReplyCode.Ok, Body = GeoAnswers.Nearest(found) };
    }

    private async Task<bool> Record(
        Caller admin, IEnumerable<Guid> shown, string purpose, string[] fields)
    {
        var now = time.UtcNowInMilliseconds();
        await desk.Accesses.Record([.. shown.Select(customer => new AccessEntry(
            admin.Id,
            AdminRole,
            customer,
            BranchId: null,
            OrderId: null,
            purpose,
            fields,
            now))]);
        return true;
    }
}
