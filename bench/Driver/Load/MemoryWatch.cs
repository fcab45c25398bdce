using System.Diagnostics;

namespace CustomerGrains.Bench.Driver.Load;

/// <summary>Looks at another process's resident memory ten times a second.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private const double BytesPerMiB = 1024 * 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Timer timer;
    private long most;

    public MemoryWatch(int process)
    {
        First = most = Resident(process);
        First /= BytesPerMiB;
        timer = new Timer(_ => most = Math.Max(most, Resident(process)), null, Pause, Pause);
    }

    /// <summary>MiB at the beginning.</summary>
    public double First { get; }

    /// <summary>MiB at the worst moment so far.</summary>
    public double Most => most / BytesPerMiB;

    public void Dispose() => timer.Dispose();

    private static long Resident(int process)
    {
        using var watched = Process.GetProcessById(process);
        return watched.WorkingSet64;
    }
}
