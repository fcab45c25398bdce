namespace CustomerGrains.Bench.Driver.Load;

/// <summary>Answers counted and timed; any thread may add.</summary>
internal sealed class Tally
{
    // Latencies are kept in steps of 0.1 ms up to ten seconds.
    private const int StepMicroseconds = 100;
    private const int Steps = 100_000;

    private readonly int[] latencies = new int[Steps];
    private long good;
    private long refused;
    private long other;
    private long lost;

    public long Good => Volatile.Read(ref good);

    /// <summary>503: told to try again.</summary>
    public long Refused => Volatile.Read(ref refused);

    /// <summary>Any other answer.</summary>
    public long Other => Volatile.Read(ref other);

    /// <summary>No answer.</summary>
    public long Lost => Volatile.Read(ref lost);

    public long All => Good + Refused + Other + Lost;

    /// <summary>Times only what was accepted; refusals have a tally of their own.</summary>
    public void Add(int status, TimeSpan took)
    {
        switch (status)
        {
            case >= 200 and < 300:
                Interlocked.Increment(ref good);
                Time(took);
                break;
            case 503:
                Interlocked.Increment(ref refused);
                break;
            case 0:
                Interlocked.Increment(ref lost);
                break;
            default:
                Interlocked.Increment(ref other);
                break;
        }
    }

    public void Time(TimeSpan took) => Interlocked.Increment(
        ref latencies[Math.Clamp((int)(took.TotalMicroseconds / StepMicroseconds), 0, Steps - 1)]);

    /// <summary>Microseconds below which this share of the accepted lies.</summary>
    public long Percentile(double share)
    {
        var all = latencies.Sum(n => (long)n);
        var wanted = (long)Math.Ceiling(all * share);
        long seen = 0;
        for (var step = 0; step < Steps; step++)
        {
            seen += latencies[step];
            if (seen >= wanted && seen > 0) return (step + 1L) * StepMicroseconds;
        }

        return 0;
    }

    /// <summary>The line that <c>wrk/profile.lua</c> prints as well.</summary>
    public string Result(TimeSpan took) => string.Join(
        '\t', "RESULT", All, (long)took.TotalMicroseconds, Percentile(0.5), Percentile(0.99),
        Percentile(1), Refused + Other, Lost);
}
