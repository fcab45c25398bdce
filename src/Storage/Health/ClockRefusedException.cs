namespace CustomerGrains.Storage.Health;

/// <summary>The clock of this machine is not the database's. Set it, best by NTP.</summary>
public sealed class ClockRefusedException(TimeSpan deviation) : Exception(
    $"This clock differs from the database's by {deviation.TotalSeconds:+0;-0} seconds, and may by "
    + $"{ClockProbe.Tolerance.TotalSeconds:0}: codes, tokens, suspensions and erasures would end "
    + "at the wrong time.");
