using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;

namespace CustomerGrains.System.Tests;

/// <summary>Many customers who edit all the time, and what must be stored in the end.</summary>
internal sealed class EditLoad : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly RunningService _service;
    private readonly Task _editing;

    private EditLoad(RunningService service, LoadClient[] clients)
    {
        (_service, Clients) = (service, clients);
        _editing = Task.WhenAll(clients.Select(c => c.EditUntil(_stop.Token)));
    }

    public LoadClient[] Clients { get; }

    public static async Task<EditLoad> Start(RunningService service, int clients)
    {
        var all = Enumerable.Range(0, clients)
            .Select(n => new LoadClient(service.BaseAddress, n)).ToArray();
        foreach (var client in all) await client.SignUp();
        return new EditLoad(service, all);
    }

    /// <summary>Waits until each client got so many more answers.</summary>
    public async Task EveryClientGets(int edits)
    {
        var goals = Clients.Select(c => c.Acknowledged + edits).ToArray();
        await Eventually.Holds(
            $"every client gets {edits} more answers",
            () => _editing.IsFaulted
                || Clients.Select(c => c.Acknowledged).Zip(goals).All(p => p.First >= p.Second),
            CancellationToken.None);
        if (_editing.IsFaulted) await _editing;
    }

    /// <summary>Goes on for a time.</summary>
    public async Task Last(TimeSpan time)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < time) await EveryClientGets(1);
    }

    /// <summary>Ends the load; then every acknowledged edit must be stored exactly once, with
    /// nothing else.</summary>
    public async Task StopAndCheck()
    {
        await _stop.CancelAsync();
        await _editing;
        await using var database = await JournalFollower.Open(_service);
        foreach (var client in Clients) await Check(database, client);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // What went wrong with it was told when its progress was asked for.
        await _editing.ContinueWith(_ => { }, TaskScheduler.Default);
        foreach (var client in Clients) client.Dispose();
        _stop.Dispose();
    }

    private static async Task Check(NpgsqlDataSource database, LoadClient client)
    {
        (await client.ReadProfile()).ShouldBe((1 + client.Acknowledged, client.LastName));
        await using var command = database.CreateCommand(
            "SELECT u.version, count(e.*), count(DISTINCT e.command_id), max(e.sequence), " +
            "(SELECT count(*) FROM idempotent_replies r WHERE r.customer_id = u.id) " +
            "FROM users u JOIN customer_event e ON e.customer_id = u.id " +
            "WHERE u.id = $1 GROUP BY u.id, u.version");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = client.CustomerId });
        await using var reader = await command.ExecuteReaderAsync();
        (await reader.ReadAsync()).ShouldBeTrue();
        for (var column = 0; column < 4; column++)
            reader.GetInt64(column).ShouldBe(1 + client.Acknowledged);
        reader.GetInt64(4).ShouldBe(client.Acknowledged);
    }
}
