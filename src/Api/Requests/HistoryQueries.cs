using CustomerGrains.Api.Problems;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Requests;

/// <summary><c>?kind=</c>, <c>?from=</c> and <c>?to=</c> beside those of every list.</summary>
internal static class HistoryQueries
{
    /// <returns>Null when <paramref name="query"/> holds the request.</returns>
    public static Problem? Read(HttpRequest request, out HistoryQuery query)
    {
        query = null!;
        if (Paging.Read(request, out var page) is { } problem) return problem;
        if (Once(request, "kind", out var kind) is { } badKind) return badKind;
        if (Once(request, "from", out var from) is { } badFrom) return badFrom;
        if (Once(request, "to", out var to) is { } badTo) return badTo;
        query = new HistoryQuery(kind, from, to, page);
        return null;
    }

    /// <summary>A parameter that may be there once.</summary>
    public static Problem? Once(HttpRequest request, string name, out string? value)
    {
        var values = request.Query[name];
        value = values is [{ } text] ? text : null;
        return values.Count > 1
            ? Problem.Of(ProblemKinds.InvalidMember, name, "Expected once.")
            : null;
    }
}
