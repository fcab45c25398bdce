using CustomerGrains.Bench.Shared;
using Npgsql;
using NpgsqlTypes;

namespace CustomerGrains.Bench.Dapper;

/// <summary>Fills the tables by COPY, which is how one does it.</summary>
internal static class Seed
{
    public static async Task Fill(NpgsqlDataSource database, int customers)
    {
        await using var connection = await database.OpenConnectionAsync();
        await Run(connection, Statements.Schema);
        var all = SampleCustomers.Take(customers).ToList();
        await Copy(
            connection,
            "users (id, version, name, phone, email, account_status, created_at, updated_at)",
            all, c => [c.Id, c.Version, c.Name, c.Phone, c.Email, c.AccountStatus, c.CreatedAt, c.UpdatedAt]);
        await Copy(
            connection,
            "customer_profiles (user_id, date_of_birth, preferred_language, "
            + "notification_preferences, customer_tier, customer_segment)",
            all, c =>
            [
                c.Id, c.DateOfBirth, c.PreferredLanguage, new Json(c.NotificationPreferences),
                c.CustomerTier, c.CustomerSegment,
            ]);
        await Copy(
            connection, "profile_history (customer_id, sequence, actor_id, at, changes)",
            all, c => [c.Id, c.Version, c.Id, c.CreatedAt, new Json("[]")]);
        await Copy(
            connection,
            "addresses (id, user_id, label, line1, city, state, postal_code, country, latitude, "
            + "longitude, is_default, created_at, updated_at)",
            Enumerable.Range(0, customers).SelectMany(SampleAddresses.Of), a =>
            [
                a.Id, a.UserId, a.Label, a.Line1, a.City, a.State, a.PostalCode, a.Country,
                a.Latitude, a.Longitude, a.IsDefault, a.CreatedAt, a.UpdatedAt,
            ]);
        await Copy(
            connection, "orders (id, customer_id, branch_id, rider_id, status, customer_snapshot)",
            SampleOrders.All(customers), o =>
            [
                o.Id, o.CustomerId, SampleOrders.Branch, o.RiderId, "accepted", new Json(o.Snapshot),
            ]);
        await Run(connection, "VACUUM ANALYZE");
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task Copy<T>(
        NpgsqlConnection connection, string into, IEnumerable<T> items, Func<T, object?[]> row)
    {
        await using var writer =
            await connection.BeginBinaryImportAsync($"COPY {into} FROM STDIN (FORMAT binary)");
        foreach (var item in items)
        {
            await writer.StartRowAsync();
            foreach (var value in row(item))
            {
                if (value is null) await writer.WriteNullAsync();
                else if (value is Json json) await writer.WriteAsync(json.Text, NpgsqlDbType.Jsonb);
                else await writer.WriteAsync(value);
            }
        }

        await writer.CompleteAsync();
    }

    private sealed record Json(string Text);
}
