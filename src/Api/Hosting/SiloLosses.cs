namespace CustomerGrains.Api.Hosting;

/// <summary>Tells that a silo may have gone: a gateway's connections broke, or the cluster counts a
/// silo no longer as a member.</summary>
internal sealed class SiloLosses : IDisposable
{
    private CancellationTokenSource _next = new();

    /// <summary>Cancelled at the next loss.</summary>
    public CancellationToken Next => Volatile.Read(ref _next).Token;

    public void Report() =>
        _ = Interlocked.Exchange(ref _next, new CancellationTokenSource()).CancelAsync();

    public void Dispose() => Volatile.Read(ref _next).Dispose();
}
