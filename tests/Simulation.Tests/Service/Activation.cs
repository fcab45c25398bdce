using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Simulation.Tests.Machine;
using CustomerGrains.Simulation.Tests.Model;

namespace CustomerGrains.Simulation.Tests.Service;

/// <summary>One customer in the memory of one silo. Step by step what <c>CustomerGrain</c> does:
/// replay check, decide, fold, commit, adopt, reply; the deciding and folding is the service's own
/// code.</summary>
internal sealed class Activation(World world, SimulatedSilo silo, Guid id)
{
    private readonly Clockwork _clock = world.Clock;
    private readonly Turns _turns = new(world.Clock, silo.Process);
    private Customer? _state;
    private bool _isLoading;

    public bool IsGone { get; private set; }

    private Customer State => _state!;

    private Defect Defect => world.Defect;

    /// <summary>One command at a time; another activation takes what this one cannot.</summary>
    /// <returns>Null when this activation is gone.</returns>
    public async Task<Reply?> Handle(Wish wish, Guid commandId)
    {
        await _turns.Enter();
        try
        {
            if (IsGone) return null;
            await Load();
            return IsGone ? null : await Perform(wish, commandId);
        }
        catch (Exception e) when (e is AnswerLostException or RolledBackException)
        {
            IsGone = true;
            return Reply.TryAgain;
        }
        finally
        {
            _turns.Leave();
        }
    }

    /// <summary>Answered beside a running command, from what is committed.</summary>
    /// <returns>Null when this activation is gone.</returns>
    public async Task<Customer?> Show()
    {
        if (IsGone) return null;
        await Load();
        return IsGone ? null : State;
    }

    private async Task Load()
    {
        // Not two who await one task: of those the second goes on in another thread.
        while (_isLoading) await _clock.Step(silo.Process);
        if (_state is not null || IsGone) return;
        _isLoading = true;
        try
        {
            var database = world.Database;
            // Statement by statement, each with its own view of what is committed.
            var head = await database.Read(silo.Process, t => t.Users[id]);
            var withAddresses = await database.Read(silo.Process, t => t.WithAddresses(head));
            _state = await database.Read(silo.Process, t => t.WithOrders(withAddresses));
        }
        catch (AnswerLostException)
        {
            IsGone = true;
        }
        finally
        {
            _isLoading = false;
        }
    }

    private async Task<Reply> Perform(Wish wish, Guid commandId)
    {
        if (await FindReplay(wish) is { } replay) return replay;
        var now = Now();
        var (command, mail) = await new Commands(world, silo).Of(State, wish, now);
        if (command is null) return Stale();
        var decision = State.Decide(command, now);
        if (!decision.Events.IsEmpty && mail is { Code: not null } && !await Book(mail.To))
            return Refused(Refusal.OtpSendLimit);
        return await Conclude(wish, decision, commandId, now, mail);
    }

    private async Task<Reply> Conclude(
        Wish wish, Decision decision, Guid commandId, DateTimeOffset now, Mail? mail)
    {
        var before = State;
        if (decision.Refusal is { } refusal && decision.Events.IsEmpty)
            return await Refuse(refusal, commandId);
        if (decision.Events.IsEmpty) return await Unchanged(wish, commandId);

        var after = Adjusted(before.After(decision.Events, now));
        var reply = new Reply(
            decision.Refusal,
            after.Version,
            $"{after.Name} {after.Phone} {after.Email} {after.DefaultAddressId} "
                + $"{decision.AttemptsLeft}",
            Changed: true);
        if (decision.Refusal is not null && Defect == Defect.WrongCodeNotStored) return reply;
        var kept = wish.Key is { } key && decision.IsKept ? new KeptReply(key, reply) : null;
        var commit = new Commit(
            before, after, decision.Events, commandId, now, kept,
            decision.Refusal is null ? mail : null);
        if (Defect == Defect.AnswerBeforeCommit)
        {
            _state = after;
            _ = silo.Commits.Commit(commit);
            return reply;
        }

        return await Settle(wish, after, reply, commit, await silo.Commits.Commit(commit));
    }

    private async Task<Reply> Settle(
        Wish wish, Customer after, Reply reply, Commit commit, CommitOutcome outcome)
    {
        switch (outcome)
        {
            case CommitOutcome.Committed:
                _state = after;
                if (Defect == Defect.ReplyInItsOwnTransaction && commit.Reply is not null)
                    await Keep(wish, reply, onlyThat: false);
                return reply;
            case CommitOutcome.ContactTaken or CommitOutcome.ContactReserved:
                return await Refuse(
                    outcome == CommitOutcome.ContactTaken
                        ? Refusal.ContactTaken
                        : Refusal.ContactReserved,
                    commit.CommandId);
            case CommitOutcome.OrderTaken:
                return await Refuse(Refusal.OrderExists, commit.CommandId);
            default:
                return Stale();
        }
    }

    /// <summary>Nothing this activation holds is certain.</summary>
    private Reply Stale()
    {
        IsGone = Defect != Defect.StaleStateKept;
        return Reply.TryAgain;
    }

    private async Task<Reply?> FindReplay(Wish wish)
    {
        if (wish.Key is not { } key || Defect == Defect.RetryNotRecognised) return null;
        var kept = await world.Database.Read(
            silo.Process, t => t.Replies.GetValueOrDefault((id, key)));
        // Its commit came after this activation was loaded.
        if (kept?.Version > State.Version && Defect != Defect.ReplayKeepsOldState) return Stale();
        return kept;
    }

    /// <summary>Only on the newest state: no commit and no fence belong to it.</summary>
    private async Task<Reply> Refuse(Refusal refusal, Guid commandId) =>
        Defect != Defect.RefusedWithoutLook && !await IsNewest()
            ? Stale()
            : Said(Refused(refusal), commandId);

    private async Task<Reply> Unchanged(Wish wish, Guid commandId)
    {
        var reply = new Reply(null, State.Version, $"same {State.Version}", Changed: false);
        var isNewest = wish.Key is null
            ? await IsNewest()
            : await Keep(wish, reply, onlyThat: true);
        return isNewest ? Said(reply, commandId) : Stale();
    }

    private Task<bool> IsNewest()
    {
        var decidedOn = State.Version;
        return world.Database.Read(silo.Process, t => t.Users[id].Version == decidedOn);
    }

    private Reply Said(Reply reply, Guid commandId)
    {
        world.Oracle.SaidWithoutCommit(commandId, State.Version);
        return reply;
    }

    /// <param name="onlyThat">Only if the customer has the version of the reply.</param>
    /// <returns>Whether it had.</returns>
    private Task<bool> Keep(Wish wish, Reply reply, bool onlyThat) => world.Database.Write(
        silo.Process, async transaction =>
        {
            var (database, place) = (world.Database, (id, wish.Key!));
            if (onlyThat && database.Tables.Users[id].Version != reply.Version) return false;
            await database.Lock(transaction, place);
            transaction.Writes.Add(() => database.Tables.Replies.TryAdd(place, reply));
            return true;
        });

    private Task<bool> Book(string to) => world.Database.Write(
        silo.Process, async transaction =>
        {
            await world.Database.Lock(transaction, "destination " + to);
            var budget = world.Budgets.GetValueOrDefault(to, Domain.SignIn.ContactBudget.Empty);
            if (Now() < budget.RoomForSendAt()) return false;
            transaction.Writes.Add(() => world.Budgets[to] = budget.WithSend(_clock.Now));
            return true;
        });

    private static Reply Refused(Refusal refusal) => new(refusal, 0, refusal.ToString(), Changed: false);

    private Customer Adjusted(Customer after) => Defect == Defect.FlagForgotten
        ? after with
        {
            ActiveOrders = [.. after.ActiveOrders.Select(o => o with { PhoneUpdated = false })],
        }
        : after;

    private DateTimeOffset Now() =>
        _clock.Now.AddTicks(-(_clock.Now.Ticks % TimeSpan.TicksPerMillisecond));
}
