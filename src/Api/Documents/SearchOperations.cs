using CustomerGrains.Api.Problems;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Documents;

/// <summary>Operations by which administrators find customers, as clients read about them.
/// </summary>
internal static class SearchOperations
{
    public static readonly Operation Search = new("searchCustomers", "Search customers")
    {
        Description =
            "Living customers that match all filters. By name when a name is asked for, the "
            + "highest spend first when a spend is, else the newest id first. A page may be short, "
            + "even empty, and have a next one: how many customers are looked at for a page is "
            + "bounded. Each customer that is listed is told who looked.",
        Answer = (200, typeof(CustomerList)),
        Query =
        [
            new("phone", QueryType.Text, "The whole number, in international form."),
            new("email", QueryType.Text, "The whole address."),
            new("name", QueryType.Text, "How the name begins; case and accents do not count."),
            new("tier", QueryType.Text, "new, regular, vip or premium."),
            new("segment", QueryType.Text, "As in customer_segment."),
            new("status", QueryType.Text, "active, blocked, suspended or temporary."),
            new("min_spend", QueryType.Text, "Lowest total_spend, such as 499.00; included."),
            new("max_spend", QueryType.Text, "Highest total_spend; included."),
            new("limit", QueryType.Integer, "Items at most."),
            new("cursor", QueryType.Text, "next_cursor of the page before."),
        ],
        Refusals = [ProblemKinds.InvalidMember],
    };

    public static readonly Operation Nearest = new(
        "findNearestAddresses", "Find the addresses that are nearest to a place")
    {
        Description =
            "Living addresses, the nearest first, as the crow flies. Each customer that is listed "
            + "is told who looked.",
        Answer = (200, typeof(NearAddressList)),
        Query =
        [
            new("latitude", QueryType.Number, "Degrees, WGS 84.", Required: true),
            new("longitude", QueryType.Number, "Degrees, WGS 84.", Required: true),
            new("radius_m", QueryType.Number, "Whole metres, 1 to 50000; default 1000."),
            new("limit", QueryType.Integer, "Items at most."),
        ],
        Refusals = [ProblemKinds.InvalidMember],
    };

    public static readonly Operation GetHeatMap = new(
        "getHeatMap", "How many customers live where")
    {
        Description =
            "Customers by geohash, each counted at the default address, the most first, at most "
            + "10000 cells. Counted again when the last count is as old as fifty times what "
            + "counting takes, at least one second and at most five minutes.",
        Answer = (200, typeof(HeatMapView)),
        Query =
        [
            new("precision", QueryType.Number, "Letters of the geohashes, 1 to 7; default 5."),
        ],
        Refusals = [ProblemKinds.InvalidMember],
    };
}
