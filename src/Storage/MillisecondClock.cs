namespace CustomerGrains.Storage;

/// <summary>Time as the API shows it. The database keeps microseconds: what is in memory is then
/// exactly what would be read back.</summary>
public static class MillisecondClock
{
    public static DateTimeOffset UtcNowInMilliseconds(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }
}
