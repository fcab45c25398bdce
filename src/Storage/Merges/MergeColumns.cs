using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Standings;
using Npgsql;

namespace CustomerGrains.Storage.Merges;

/// <summary>A row of <c>customer_merges</c>; columns in the order of <c>load_merges.sql</c>.
/// </summary>
internal static class MergeColumns
{
    public static MergeRecord Read(NpgsqlDataReader r) => new()
    {
        MergeId = r.GetGuid(1),
        OtherId = r.GetGuid(2),
        Stage = ParseStage(r.GetString(3)),
        At = r.GetFieldValue<DateTimeOffset>(4),
        Came = new Absorbed
        {
            Addresses = [.. r.GetFieldValue<Guid[]>(5)],
            DefaultAddressId = r.IsDBNull(6) ? null : r.GetGuid(6),
            Orders = r.GetInt32(7),
            Spend = r.GetDecimal(8),
            TierBefore = StoredWords.ParseTier(r.GetString(9)),
            WasTemporary = r.GetBoolean(10),
            Phone = r.GetBoolean(11),
            Email = r.GetBoolean(12),
            Risks = StandingColumns.ReadCounts(r.GetString(13)),
        },
    };

    public static string Name(this MergeStage stage) => stage switch
    {
        MergeStage.Frozen => "frozen",
        MergeStage.Away => "away",
        MergeStage.Absorbing => "absorbing",
        MergeStage.Merged => "merged",
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };

    // A freeze that the survivor has taken is a freeze: only the row tells, and whoever deletes it.
    private static MergeStage ParseStage(string name) => name switch
    {
        "frozen" or "taken" => MergeStage.Frozen,
        "away" => MergeStage.Away,
        "absorbing" => MergeStage.Absorbing,
        "merged" => MergeStage.Merged,
        _ => throw new InvalidOperationException("The database holds an unknown stage."),
    };
}
