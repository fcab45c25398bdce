using Npgsql;

namespace CustomerGrains.Storage.Courier;

/// <summary>Whether messages wait longer than they should.</summary>
public sealed class CourierBacklog(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>Longer than any working courier leaves a message that is due.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    /// <summary>Messages due for more than a minute; counted to 1000 at most.</summary>
    public async Task<long> CountLate(CancellationToken cancellation)
    {
        await using var command =
            database.Command("Courier/count-waiting", time.UtcNowInMilliseconds() - Late);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
