using System.Globalization;
using CustomerGrains.Api.Problems;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Requests;

/// <summary><c>?limit=</c> and <c>?cursor=</c> of every list.</summary>
internal static class Paging
{
    public const int LimitDefault = 50;
    public const int LimitMax = 200;

    /// <returns>Null when <paramref name="page"/> holds the request.</returns>
    public static Problem? Read(HttpRequest request, out PageRequest page)
    {
        page = new PageRequest(LimitDefault, null);
        var limits = request.Query["limit"];
        var limit = LimitDefault;
        if (limits.Count > 1 || (limits is [{ } text] && !TryReadLimit(text, out limit)))
            return Problem.Of(ProblemKinds.InvalidMember, "limit", "Expected 1 to 200, once.");

        var cursors = request.Query["cursor"];
        if (cursors.Count > 1)
            return Problem.Of(ProblemKinds.InvalidMember, "cursor", "Expected once.");
        page = new PageRequest(limit, cursors is [{ } cursor] ? cursor : null);
        return null;
    }

    private static bool TryReadLimit(string text, out int limit) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
        && limit is >= 1 and <= LimitMax;
}
