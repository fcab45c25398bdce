namespace CustomerGrains.Storage.Feed;

/// <summary>Tells this silo's feed that something was committed, so that it need not wait for its
/// next look.</summary>
public sealed class FeedSignal
{
    private TaskCompletionSource _committed = New();

    public void Committed() => Volatile.Read(ref _committed).TrySetResult();

    /// <summary>Returns true at the next commit, or at once when one came since the last call;
    /// false after a time, or when cancelled.</summary>
    internal async Task<bool> Wait(
        TimeSpan atMost, TimeProvider time, CancellationToken cancellation)
    {
        var committed = Volatile.Read(ref _committed);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var pause = Task.Delay(atMost, time, over.Token);
        await Task.WhenAny(committed.Task, pause);
        await over.CancelAsync();
        if (!committed.Task.IsCompleted) return false;
        Volatile.Write(ref _committed, New());
        return true;
    }

    private static TaskCompletionSource New() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
