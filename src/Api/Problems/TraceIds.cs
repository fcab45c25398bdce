using System.Diagnostics;

namespace CustomerGrains.Api.Problems;

internal static class TraceIds
{
    /// <summary>What a client reports and an operator searches for.</summary>
    public static string Of(HttpContext http) =>
        Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;
}
