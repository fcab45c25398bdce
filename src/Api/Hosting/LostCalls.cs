using CustomerGrains.Api.Problems;

namespace CustomerGrains.Api.Hosting;

/// <summary>Gives up calls that a dead silo took with it. The front end hears of them only by the
/// time-out: its gateway passes calls on and keeps no account of them.</summary>
/// <remarks>A loss does not say which calls were lost. Each gets <see cref="Grace"/>, in which a
/// silo that lives answers; then it fails with <see cref="SiloLostException"/>, outcome unknown.
/// </remarks>
internal sealed class LostCalls(SiloLosses losses, TimeProvider time) : IOutgoingGrainCallFilter
{
    /// <summary>Well above the slowest commit of a busy database.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    public Task Invoke(IOutgoingGrainCallContext context)
    {
        var loss = losses.Next; // before the call leaves
        var call = context.Invoke();
        return call.IsCompleted ? call : Await(call, loss);
    }

    private async Task Await(Task call, CancellationToken loss)
    {
        try
        {
            await call.WaitAsync(loss);
        }
        catch (OperationCanceledException) when (loss.IsCancellationRequested && !call.IsCompleted)
        {
            await AwaitWithGrace(call);
        }
    }

    private async Task AwaitWithGrace(Task call)
    {
        try
        {
            await call.WaitAsync(Grace, time);
        }
        catch (TimeoutException) when (!call.IsCompleted)
        {
            call.Ignore();
            throw new SiloLostException();
        }
    }
}
