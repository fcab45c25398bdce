using CustomerGrains.Simulation.Tests.Machine;
using CustomerGrains.Simulation.Tests.Model;

namespace CustomerGrains.Simulation.Tests.Service;

internal enum CommitOutcome
{
    Committed,
    Stale,
    ContactTaken,
    ContactReserved,
    OrderTaken,
    Unknown,
}

/// <summary>A silo's way to the database: waiting commits share a transaction; an answer that was
/// lost is looked for. As <c>CommitWriter</c> and <c>CustomerStore</c> do it.</summary>
internal sealed class GroupCommit(Clockwork clock, Database database, Process silo, Defect defect)
{
    private const int Writers = 2;
    private const int LooksMax = 60;
    private const int RollbacksMax = 5;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    private readonly Queue<(Commit Commit, TaskCompletionSource<CommitOutcome> Done)> _waiting = new();
    private readonly CommitStatement _statement = new(clock, database, defect);
    private int _busy;

    public async Task<CommitOutcome> Commit(Commit commit)
    {
        var outcome = await Enqueue(commit);
        if (outcome != CommitOutcome.Unknown) return outcome;
        return defect switch
        {
            Defect.LostAnswerTakenForDone => CommitOutcome.Committed,
            Defect.LostAnswerSentAgain => await SendAgain(commit),
            _ => await FindOut(commit),
        };
    }

    private async Task<CommitOutcome> SendAgain(Commit commit)
    {
        try
        {
            var version = await database.Read(silo, t => t.Users[commit.Id].Version);
            return await Enqueue(commit with
            {
                Before = commit.Before with { Version = version },
                After = commit.After with { Version = version + 1 },
            });
        }
        catch (AnswerLostException)
        {
            return CommitOutcome.Unknown;
        }
    }

    private Task<CommitOutcome> Enqueue(Commit commit)
    {
        var done = new TaskCompletionSource<CommitOutcome>();
        _waiting.Enqueue((commit, done));
        if (_busy < Writers)
        {
            _busy++;
            clock.Start(silo, TimeSpan.Zero, Work);
        }

        return done.Task;
    }

    private async Task Work()
    {
        while (_waiting.Count > 0)
        {
            var batch = new List<(Commit Commit, TaskCompletionSource<CommitOutcome> Done)>();
            while (batch.Count < 4 && _waiting.TryDequeue(out var next)) batch.Add(next);
            batch.Sort((a, b) => a.Commit.Id.CompareTo(b.Commit.Id));
            var first = batch.DistinctBy(b => b.Commit.Id).ToList();
            var doubled = batch.Where(b => !first.Exists(f => f.Done == b.Done)).ToList();
            await Write(first);
            foreach (var later in doubled) await Write([later]);
        }

        _busy--;
    }

    private async Task Write(List<(Commit Commit, TaskCompletionSource<CommitOutcome> Done)> rows)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var batch = rows.ConvertAll(r => r.Commit);
                var applied = await database.Write(
                    silo, transaction => _statement.Run(transaction, batch));
                for (var i = 0; i < rows.Count; i++)
                {
                    var outcome = applied[i] ? CommitOutcome.Committed : await WhyNot(batch[i]);
                    Tell(rows[i].Done, outcome);
                }

                return;
            }
            catch (DataErrorException) when (rows.Count > 1)
            {
                await Write(rows[..(rows.Count / 2)]);
                await Write(rows[(rows.Count / 2)..]);
                return;
            }
            catch (DataErrorException e)
            {
                Tell(rows[0].Done, e.Constraint switch
                {
                    "contact" => CommitOutcome.ContactTaken,
                    "reservation" => CommitOutcome.ContactReserved,
                    "order" => CommitOutcome.OrderTaken,
                    _ => CommitOutcome.Stale,
                });
                return;
            }
            catch (RolledBackException) when (attempt < RollbacksMax)
            {
                // Once more.
            }
            catch (Exception e) when (e is AnswerLostException or RolledBackException)
            {
                foreach (var (_, done) in rows) Tell(done, CommitOutcome.Unknown);
                return;
            }
        }
    }

    /// <summary>A commit that was passed over was stale, or its contact belongs to another.
    /// </summary>
    private async Task<CommitOutcome> WhyNot(Commit commit)
    {
        var claims = Tables.ContactsOf(commit.After).Except(Tables.ContactsOf(commit.Before)).ToList();
        if (claims.Count == 0) return CommitOutcome.Stale;
        try
        {
            return await database.Read(silo, t => claims.Exists(c =>
                t.OwnerOf(c) is { } owner && owner != commit.Id))
                ? CommitOutcome.ContactTaken
                : CommitOutcome.Stale;
        }
        catch (AnswerLostException)
        {
            return CommitOutcome.Unknown;
        }
    }

    /// <summary>Found under its sequence: done. Taken by another: stale. Free: sent again; the
    /// fence lets only one of the two pass.</summary>
    private async Task<CommitOutcome> FindOut(Commit commit)
    {
        for (var look = 0; look < LooksMax; look++)
        {
            try
            {
                var (version, command) = await database.Read(silo, t => (
                    t.Users[commit.Id].Version,
                    t.Find(commit.Id, commit.After.Version)?.Row.CommandId));
                if (command == commit.CommandId) return CommitOutcome.Committed;
                if (command is not null || version != commit.Before.Version)
                    return CommitOutcome.Stale;
                var again = await Enqueue(commit);
                if (again is not (CommitOutcome.Stale or CommitOutcome.Unknown)) return again;
            }
            catch (AnswerLostException)
            {
                // Looked for again.
            }

            await clock.Rest(silo, LookAgain);
        }

        return CommitOutcome.Unknown;
    }

    private void Tell(TaskCompletionSource<CommitOutcome> done, CommitOutcome outcome) =>
        clock.Post(silo, TimeSpan.Zero, () => done.TrySetResult(outcome));
}
