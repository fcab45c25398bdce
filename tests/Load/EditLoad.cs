using CustomerGrains.Tests.Load.Histories;
using CustomerGrains.Tests.Support;

namespace CustomerGrains.Tests.Load;

/// <summary>Many customers who edit all the time; all they do and hear is written down.</summary>
internal sealed class EditLoad : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _editing;

    private EditLoad(LoadClient[] clients)
    {
        Clients = clients;
        _editing = Task.WhenAll(clients.Select(c => c.EditUntil(_stop.Token)));
    }

    public LoadClient[] Clients { get; }

    /// <summary>Something was answered as it must not be.</summary>
    public Task Failed => _editing.IsFaulted ? _editing : Task.CompletedTask;

    /// <param name="before">Customers of it are gone on with; nobody edits them any more.</param>
    public static async Task<EditLoad> Start(
        Uri api, HistoryWriter history, int clients, History? before = null)
    {
        var known = (before?.Operations ?? []).Where(o => o.Kind == OpKind.Write)
            .ToLookup(o => o.Client);
        var all = Enumerable.Range(0, clients)
            .Select(n => new LoadClient(api, n, history)).ToArray();
        foreach (var client in all)
        {
            if (known[client.Name].Any()) await client.TakeOver([.. known[client.Name]]);
            else await client.SignUp();
        }

        return new EditLoad(all);
    }

    /// <summary>The customers of one that was stopped go on.</summary>
    public static EditLoad GoOn(EditLoad stopped) => new(stopped.Clients);

    /// <summary>Waits until each client got so many more answers.</summary>
    public async Task EveryClientGets(int edits)
    {
        var goals = Clients.Select(c => c.Acknowledged + edits).ToArray();
        await Eventually.Holds(
            $"every client gets {edits} more answers",
            () => _editing.IsFaulted
                || Clients.Select(c => c.Acknowledged).Zip(goals).All(p => p.First >= p.Second),
            CancellationToken.None);
        await Failed;
    }

    /// <summary>Goes on for a time.</summary>
    public async Task Last(TimeSpan time)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < time) await EveryClientGets(1);
    }

    /// <summary>Ends the load.</summary>
    public async Task Stop()
    {
        await _stop.CancelAsync();
        await _editing;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // What went wrong with it was told when its progress was asked for.
        await _editing.ContinueWith(_ => { }, TaskScheduler.Default);
        foreach (var client in Clients) client.Dispose();
        _stop.Dispose();
    }
}
