using CustomerGrains.Tests.Load.Histories;

namespace CustomerGrains.Tests.Load;

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

    /// <summary>Customers who came to their end.</summary>
    public int Told => _stories.Sum(s => s.Told);

    /// <summary>Something was answered as it must not be.</summary>
    public Task Failed => _telling.FirstOrDefault(t => t.IsFaulted) ?? Task.CompletedTask;

    /// <param name="generation">Stories of others have other people.</param>
    public static async Task<StoryLoad> Start(
        Uri api, HistoryWriter history, int stories, int generation)
    {
        var all = new Story[stories];
        for (var n = 0; n < stories; n++)
            all[n] = await Story.Begin(api, n, history, generation);
        return new StoryLoad(all);
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
