namespace CustomerGrains.Storage.Courier;

/// <summary>How the courier works.</summary>
public sealed class CourierOptions
{
    /// <summary>The pause after a look that found something, and the first after an idle one.
    /// </summary>
    public TimeSpan PollMin { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Idle pauses double up to this. Messages of this silo's own commits never wait for
    /// it: it bounds how late those of a dead silo go.</summary>
    public TimeSpan PollMax { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Messages carried at the same time.</summary>
    public int BatchMax { get; set; } = 16;

    /// <summary>How long a silo has to carry a message before another may take it over; a sender
    /// that needs longer is cut off.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts before a message is given up; Kratos has the same.</summary>
    public int AttemptsMax { get; set; } = 5;

    /// <summary>The pause before the second attempt; it grows fourfold with each further one:
    /// 2, 8, 32, 128 s, all within the ten minutes that a code lives.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(2);
}
