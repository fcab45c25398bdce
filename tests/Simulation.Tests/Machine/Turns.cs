namespace CustomerGrains.Simulation.Tests.Machine;

/// <summary>One at a time, in the order of coming; of one process.</summary>
internal sealed class Turns(Clockwork clock, Process process)
{
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private bool _taken;

    public Task Enter()
    {
        if (!_taken)
        {
            _taken = true;
            return Task.CompletedTask;
        }

        var turn = new TaskCompletionSource();
        _waiting.Enqueue(turn);
        return turn.Task;
    }

    public void Leave()
    {
        if (_waiting.TryDequeue(out var next))
            clock.Post(process, TimeSpan.Zero, next.SetResult);
        else
            _taken = false;
    }
}
