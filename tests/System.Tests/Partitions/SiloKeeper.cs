namespace CustomerGrains.System.Tests.Partitions;

/// <summary>Starts silos, and starts those again that ended: whoever was voted out ends.</summary>
internal sealed class SiloKeeper : IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(300);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _keeping;

    public SiloKeeper(IReadOnlyCollection<LinkedSilo> silos) => _keeping = Keep(silos);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _keeping;
        _stop.Dispose();
    }

    private async Task Keep(IReadOnlyCollection<LinkedSilo> silos)
    {
        while (!_stop.IsCancellationRequested)
        {
            foreach (var silo in silos) silo.SeeToIt();
            await Task.Delay(BetweenLooks, CancellationToken.None);
        }
    }
}
