using System.Threading.Channels;

namespace CustomerGrains.Storage.Privacy;

/// <summary>Tells this silo's worker that an export was asked for, so that it need not wait for its
/// next look.</summary>
public sealed class ExportSignal
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
