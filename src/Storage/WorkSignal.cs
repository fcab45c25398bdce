using System.Threading.Channels;

namespace CustomerGrains.Storage;

/// <summary>Tells a worker of this silo that there is something to do, so that it need not wait for
/// its next look.</summary>
public abstract class WorkSignal
{
    // One waiting signal says as much as many.
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Wake() => _signals.Writer.TryWrite(true);

    /// <summary>Returns at the next signal, or after a time.</summary>
    internal async Task Wait(TimeSpan atMost, TimeProvider time, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var signal = _signals.Reader.WaitToReadAsync(over.Token).AsTask();
        await Task.WhenAny(signal, Task.Delay(atMost, time, over.Token));
        await over.CancelAsync();
        _signals.Reader.TryRead(out _);
    }
}
