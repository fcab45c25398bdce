using CustomerGrains.System.Tests.Histories;
using CustomerGrains.Tests.Support;

namespace CustomerGrains.System.Tests;

/// <summary>Several stories at once; all that is done and heard in them is written down.</summary>
internal sealed class StoryLoad : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Story[] _stories;
    private readonly Task[] _telling;

    private StoryLoad(Story[] stories)
    {
        _stories = stories;
        _telling = [.. stories.Select(s => s.TellUntil(_stop.Token))];
    }

    public static async Task<StoryLoad> Start(
        RunningService service, HistoryWriter history, int stories)
    {
        var all = new Story[stories];
        for (var n = 0; n < stories; n++)
            all[n] = await Story.Begin(service.BaseAddress, n, history);
        return new StoryLoad(all);
    }

    /// <summary>Waits until so many more customers came to their end, in whichever story: a code
    /// that a dead silo was about to send comes half a minute late.</summary>
    public async Task GoOn(int customers)
    {
        var goal = _stories.Sum(s => s.Told) + customers;
        await Eventually.Holds(
            $"{customers} more customers come to their end",
            () => _telling.Any(t => t.IsFaulted) || _stories.Sum(s => s.Told) >= goal,
            CancellationToken.None);
        foreach (var telling in _telling.Where(t => t.IsFaulted)) await telling;
    }

    /// <summary>Ends the stories; those that were begun come to their end.</summary>
    public async Task Stop()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_telling);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // What went wrong with it was told when its progress was asked for.
        await Task.WhenAll(_telling).ContinueWith(_ => { }, TaskScheduler.Default);
        foreach (var story in _stories) story.Dispose();
        _stop.Dispose();
    }
}
