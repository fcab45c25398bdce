using CustomerGrains.Simulation.Tests.Machine;

namespace CustomerGrains.Simulation.Tests.Model;

/// <summary>The contract of the database: atomic commits, row locks, unique indexes that wait for
/// whoever is ahead, transaction numbers that do not rise in the order of commits, and answers that
/// may get lost.</summary>
internal sealed class Database(Clockwork clock)
{
    private static readonly TimeSpan DeadlockAfter = TimeSpan.FromSeconds(1);

    private readonly Dictionary<object, Transaction> _locks = [];
    private readonly SortedSet<ulong> _running = [];
    private readonly List<Action> _connections = [];
    private ulong _lastNumber = 100;
    private long _lastRow;
    private DateTimeOffset _awayUntil;

    public Process Process { get; } = new("postgres");

    public Tables Tables { get; } = new();

    /// <summary>Answers lost, of a thousand.</summary>
    public int LostPerMille { get; set; }

    /// <summary>Commits that take long, of a thousand.</summary>
    public int StallPerMille { get; set; }

    /// <summary>Answers that got lost, and crashes.</summary>
    public int Faults { get; private set; }

    /// <summary>Called after each commit.</summary>
    public Action Committed { get; set; } = () => { };

    /// <summary>Below it every row that there will ever be is there.</summary>
    public ulong OldestRunning => _running.Count == 0 ? _lastNumber + 1 : _running.Min;

    public long NextRow() => ++_lastRow;

    public Transaction Begin()
    {
        var transaction = new Transaction(++_lastNumber);
        _running.Add(transaction.Number);
        return transaction;
    }

    public void Commit(Transaction transaction)
    {
        foreach (var write in transaction.Writes) write();
        End(transaction);
        Committed();
    }

    public void Roll(Transaction back) => End(back);

    /// <summary>Waits until nobody else holds it. Kept to the end.</summary>
    /// <exception cref="RolledBackException">Two wait for each other.</exception>
    public async Task Lock(Transaction transaction, object key)
    {
        var deadline = clock.Now + DeadlockAfter;
        while (_locks.TryGetValue(key, out var holder) && holder != transaction)
        {
            if (clock.Now > deadline) throw new RolledBackException();
            await clock.Rest(Process, clock.Between(2, 40));
        }

        _locks[key] = transaction;
        transaction.Locks.Add(key);
    }

    /// <summary>Runs a statement or a batch of them on behalf of a process.</summary>
    /// <exception cref="AnswerLostException">It may have been carried out, may be carried out
    /// later, or never.</exception>
    public async Task<T> Ask<T>(Process asker, Func<Task<T>> statement)
    {
        var (answer, life) = (new TaskCompletionSource<T>(), asker.Life);
        if (clock.Now < _awayUntil)
        {
            Fail();
            return await answer.Task;
        }

        _connections.Add(Fail);
        var isLost = clock.Happens(LostPerMille);
        if (isLost)
        {
            Faults++;
            clock.Post(asker, life, clock.Between(0, 60), Fail);
        }

        clock.Start(Process, clock.Between(0, 6), async () =>
        {
            try
            {
                var value = await statement();
                if (!isLost) Answer(() => answer.TrySetResult(value));
            }
            catch (Exception e) when (e is RolledBackException or DataErrorException)
            {
                if (!isLost) Answer(() => answer.TrySetException(e));
            }
        });
        try
        {
            return await answer.Task;
        }
        finally
        {
            _connections.Remove(Fail);
        }

        void Answer(Action deliver) => clock.Post(asker, life, clock.Between(0, 6), deliver);

        void Fail() => Answer(() => answer.TrySetException(new AnswerLostException()));
    }

    /// <summary>Runs what is one transaction on behalf of a process.</summary>
    public Task<T> Write<T>(Process asker, Func<Transaction, Task<T>> statements) =>
        Ask(asker, async () =>
        {
            var transaction = Begin();
            try
            {
                var value = await statements(transaction);
                Commit(transaction);
                return value;
            }
            catch
            {
                Roll(transaction);
                throw;
            }
        });

    /// <summary>A look at what is committed.</summary>
    public Task<T> Read<T>(Process asker, Func<Tables, T> look) =>
        Ask(asker, () => Task.FromResult(look(Tables)));

    /// <summary>kill -9: what is committed stays, everything else is gone.</summary>
    public void Crash(TimeSpan away)
    {
        Faults++;
        Process.Kill();
        _awayUntil = clock.Now + away;
        _running.Clear();
        _locks.Clear();
        foreach (var fail in _connections.ToArray()) fail();
        _connections.Clear();
    }

    private void End(Transaction transaction)
    {
        transaction.IsOver = true;
        _running.Remove(transaction.Number);
        foreach (var key in transaction.Locks) _locks.Remove(key);
    }
}
