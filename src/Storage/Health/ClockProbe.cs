using Npgsql;

namespace CustomerGrains.Storage.Health;

/// <summary>Compares this process's clock with the database's, which all silos share.</summary>
public sealed class ClockProbe(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>By how much the clocks may differ. Far above what NTP leaves, far below the life
    /// of a code (10 minutes), so that no end of anything is wrong by more than this.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(10);

    /// <summary>Returns when the clocks agree.</summary>
    /// <exception cref="ClockRefusedException">They differ by more than the tolerance.</exception>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task Verify(CancellationToken cancellation)
    {
        var deviation = await Deviation(cancellation);
        if (deviation.Duration() > Tolerance) throw new ClockRefusedException(deviation);
    }

    /// <summary>How far this clock is at least from the database's: the time of the question's way
    /// counts for it, however slow the answer.</summary>
    /// <returns>Positive when this one is ahead.</returns>
    private async Task<TimeSpan> Deviation(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = SqlText.Load("Health/clock");
        var asked = time.GetUtcNow();
        var said = new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancellation))!);
        var heard = time.GetUtcNow();
        if (said < asked) return asked - said;
        return said > heard ? heard - said : TimeSpan.Zero;
    }
}
