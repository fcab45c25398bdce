using CustomerGrains.Storage.Customers;
using Npgsql;
using NpgsqlTypes;

namespace CustomerGrains.Storage.Standings;

/// <summary>The statement of a commit that writes what the service computes about customers; none
/// when none of it changed.</summary>
internal static class StandingStatements
{
    private static readonly string Write = SqlText.Load("Customers/write_standings");

    public static void AddStandings(this NpgsqlBatch statements, List<CommitRow> batch)
    {
        if (!batch.Exists(r => r.StandingChanged)) return;
        var rows = batch.Where(r => r.StandingChanged).Select(r => r.Commit.After).ToArray();
        statements.BatchCommands.Add(new Columns<Domain.Customers.Customer>(Write, rows)
            .Add(NpgsqlDbType.Uuid, c => c.Id)
            .Add(NpgsqlDbType.Bigint, c => c.Version)
            .Add(NpgsqlDbType.Integer, c => c.Profile.TotalOrders)
            .Add(NpgsqlDbType.Numeric, c => c.Profile.TotalSpend)
            .Add(NpgsqlDbType.TimestampTz, c => c.Profile.LastDeliveredAt)
            .Add(NpgsqlDbType.Text, c => c.Profile.Tier.Name())
            .Add(NpgsqlDbType.Text, c => c.Profile.Segment)
            .Add(NpgsqlDbType.Boolean, c => c.Profile.IsVerified)
            .Add(NpgsqlDbType.Integer, c => c.Standing.RiskScore)
            .Add(NpgsqlDbType.Jsonb, c => StandingColumns.Write(c.Standing.Risks))
            .Add(NpgsqlDbType.Date, c => c.Standing.UnderageOrderOn)
            .Add(NpgsqlDbType.Jsonb, c => StandingColumns.Write(c.Standing.Rewards))
            .Command);
    }
}
