using System.Collections.Immutable;
using System.Text.Json;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using Npgsql;

namespace CustomerGrains.Storage.Standings;

/// <summary>A customer's standing in the row of the profile; columns in the order of
/// <c>load_customers.sql</c>.</summary>
/// <remarks>Stored formats: <c>risk_counts</c> is an object of counts by sign, <c>rewards</c> an
/// array of objects with <c>code</c> and <c>granted_at</c>. Add, never rename.</remarks>
internal static class StandingColumns
{
    private const string NoCounts = "{}";
    private const string NoRewards = "[]";

    private static readonly JsonSerializerOptions Json =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <param name="first">Where the standing's columns begin.</param>
    public static Standing Read(NpgsqlDataReader r, int first)
    {
        var score = r.GetInt32(first);
        var risks = ReadCounts(r.GetString(first + 1));
        var rewards = ReadRewards(r.GetString(first + 3));
        if (risks == RiskCounts.None && rewards.IsEmpty && score == 0 && r.IsDBNull(first + 2))
            return Standing.Fresh;
        return new Standing
        {
            RiskScore = score,
            Risks = risks,
            UnderageOrderOn =
                r.IsDBNull(first + 2) ? null : r.GetFieldValue<DateOnly>(first + 2),
            Rewards = rewards,
        };
    }

    public static string Write(RiskCounts counts) => counts == RiskCounts.None
        ? NoCounts
        : JsonSerializer.Serialize(counts.BySign.ToDictionary(c => c.Key.Name(), c => c.Value));

    public static string Write(ImmutableArray<Reward> rewards) =>
        rewards.IsEmpty ? NoRewards : JsonSerializer.Serialize(rewards, Json);

    public static RiskCounts ReadCounts(string counts) => counts == NoCounts
        ? RiskCounts.None
        : RiskCounts.From(JsonSerializer.Deserialize<Dictionary<string, int>>(counts)!
            .Select(c => KeyValuePair.Create(StoredWords.ParseRiskSign(c.Key), c.Value)));

    private static ImmutableArray<Reward> ReadRewards(string rewards) => rewards == NoRewards
        ? []
        : JsonSerializer.Deserialize<ImmutableArray<Reward>>(rewards, Json);
}
