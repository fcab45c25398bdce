using CustomerGrains.Api.Problems;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Requests;

/// <summary>The filters of a search beside <c>?limit=</c> and <c>?cursor=</c>.</summary>
internal static class SearchQueries
{
    /// <returns>Null when <paramref name="query"/> and <paramref name="page"/> hold the request.
    /// </returns>
    public static Problem? Read(
        HttpRequest request, out CustomerQuery query, out PageRequest page)
    {
        query = new CustomerQuery();
        if (Paging.Read(request, out page) is { } problem) return problem;
        foreach (var name in (ReadOnlySpan<string>)
            ["phone", "email", "name", "tier", "segment", "status", "min_spend", "max_spend"])
        {
            if (HistoryQueries.Once(request, name, out var value) is { } twice) return twice;
            query = With(query, name, value);
        }

        return null;
    }

    private static CustomerQuery With(CustomerQuery query, string name, string? value) =>
        name switch
        {
            "phone" => query with { Phone = value },
            "email" => query with { Email = value },
            "name" => query with { Name = value },
            "tier" => query with { Tier = value },
            "segment" => query with { Segment = value },
            "status" => query with { Status = value },
            "min_spend" => query with { MinSpend = value },
            _ => query with { MaxSpend = value },
        };
}
