using CustomerGrains.Domain.Customers;
using CustomerGrains.Simulation.Tests.Model;
using CustomerGrains.Simulation.Tests.Service;

namespace CustomerGrains.Simulation.Tests.Checks;

/// <summary>A promise of the service was not kept.</summary>
public sealed class BrokenPromiseException(string what) : Exception(what);

/// <summary>What callers were told, against what is stored: after every commit what can be said
/// then, and the rest at the end.</summary>
internal sealed partial class Oracle(World world)
{
    private readonly Dictionary<Guid, Wish> _wishes = [];
    private readonly Dictionary<Guid, long> _versionsWhenAsked = [];
    private readonly Dictionary<int, Answer> _answers = [];
    private readonly Dictionary<(Guid Customer, int Op), long> _floors = [];
    private readonly Dictionary<Guid, long> _newestTold = [];
    private readonly Dictionary<Guid, int> _flagsTold = [];
    private readonly Dictionary<Guid, CustomerSnapshot> _snapshots = [];
    private readonly HashSet<(Guid Order, int Version)> _acknowledged = [];
    private readonly Dictionary<(Guid Order, Guid Rider), int> _seen = [];
    private int _rows;
    private int _ops;

    /// <summary>Requests that were answered for good.</summary>
    public int Answers => _answers.Count;

    private Tables Tables => world.Database.Tables;

    public int NewOp() => ++_ops;

    public void Sent(Guid commandId, Wish wish)
    {
        _wishes[commandId] = wish;
        _versionsWhenAsked[commandId] = Tables.Users[wish.Customer].Version;
        _floors.TryAdd(
            (wish.Customer, wish.Op), _newestTold.GetValueOrDefault(wish.Customer));
    }

    /// <summary>A caller got an answer that is one.</summary>
    public void Answered(Wish wish, Reply reply, DateTimeOffset began)
    {
        if (!_answers.TryGetValue(wish.Op, out var first) || !first.Reply.IsKept)
            _answers[wish.Op] = first = new Answer(wish, reply);
        if (wish.Key is not null && reply.IsKept && first.Reply.IsKept)
            Demand(reply == first.Reply, "one key, two answers");
        CheckUndo(wish, reply, began);
        if (!reply.IsDone || !reply.Changed) return;

        Demand(
            reply.Version > _floors[(wish.Customer, wish.Op)],
            "a command that began after another was answered has an older version");
        _newestTold[wish.Customer] =
            Math.Max(_newestTold.GetValueOrDefault(wish.Customer), reply.Version);
        if (wish is Wish.Verify or Wish.Undo) NoteFlags(wish.Customer, reply.Version);
    }

    /// <summary>A refusal, or that there is nothing to do.</summary>
    public void SaidWithoutCommit(Guid commandId, long decidedOn) => Demand(
        decidedOn >= _versionsWhenAsked[commandId],
        "an answer without a commit was decided on a state that was outdated when it was asked");

    public long NewestVersionTold(Guid customer) => _newestTold.GetValueOrDefault(customer);

    /// <param name="told">What the customer had been told when the question was asked.</param>
    public void Read(Customer shown, long told) =>
        Demand(shown.Version >= told, "a read does not show what was answered before it began");

    /// <summary>The contact version of the newest phone that the customer was told of.</summary>
    public int NewestTold(Guid order) => _flagsTold.GetValueOrDefault(order);

    /// <param name="needed">What the customer had been told when the rider asked.</param>
    public void Polled(ActiveOrder shown, int needed)
    {
        if (shown.PhoneUpdated) return;
        Demand(
            shown.ContactVersion >= needed,
            "phone_updated is false with an outdated phone after the customer was answered");
        Demand(
            shown.ContactVersion == 0 || _acknowledged.Contains((shown.Id, shown.ContactVersion)),
            "phone_updated is false and nobody acknowledged the newest phone");
    }

    public void SawContact(ActiveOrder seen, Guid rider, int needed)
    {
        _seen[(seen.Id, rider)] = _seen.GetValueOrDefault((seen.Id, rider)) + 1;
        Demand(seen.ContactVersion >= needed, "a rider sees an outdated phone");
    }

    /// <summary>What holds at every moment.</summary>
    public void AfterCommit()
    {
        if (Tables.Log.Count == _rows) return;
        for (; _rows < Tables.Log.Count; _rows++)
            foreach (var happened in Tables.Log[_rows].Commit.Events)
                if (happened is CustomerEvent.ContactAcknowledged e)
                    _acknowledged.Add((e.OrderId, e.ContactVersion));
        world.Look();

        var owners = new HashSet<ContactKey>();
        foreach (var user in Tables.Users.Values)
            foreach (var contact in Tables.ContactsOf(user))
                Demand(owners.Add(contact), "a contact has two owners");
        foreach (var customer in world.Customers)
            Demand(
                Tables.Addresses.Values.Count(
                    a => a.Owner == customer && a is { IsDefault: true, IsDeleted: false }) <= 1,
                "a customer has two defaults");
        foreach (var (id, order) in Tables.Orders)
        {
            _snapshots.TryAdd(id, order.Order.Snapshot);
            Demand(order.Order.Snapshot == _snapshots[id], "a snapshot changed");
        }
    }

    private void Demand(bool holds, string otherwise)
    {
        if (!holds) world.Clock.Fail(new BrokenPromiseException(otherwise));
    }

    private void NoteFlags(Guid customer, long version)
    {
        if (Tables.Find(customer, version) is not { } row) return; // found at the end
        foreach (var order in row.Commit.After.ActiveOrders)
            _flagsTold[order.Id] =
                Math.Max(_flagsTold.GetValueOrDefault(order.Id), order.ContactVersion);
    }

    /// <summary>As long as the undo is open, its first use succeeds.</summary>
    private void CheckUndo(Wish wish, Reply reply, DateTimeOffset began)
    {
        if (wish is not Wish.Undo { Token: var token } || reply.IsDone) return;
        var changed = Tables.Rows.Where(r => r.Row.CustomerId == wish.Customer)
            .SelectMany(r => r.Commit.Events.OfType<CustomerEvent.ContactChanged>())
            .FirstOrDefault(e => e.Undo == token || e.Undo?.Matches(token) == true);
        var isSpent = Tables.Rows.Any(r => r.Row.CustomerId == wish.Customer
            && r.Commit.Events.Any(e => e is CustomerEvent.ContactRestored));
        Demand(
            changed is null || isSpent || world.Clock.Now >= changed.UndoUntil
                || began >= changed.UndoUntil,
            "an undo was refused in its time");
    }

    private sealed record Answer(Wish Wish, Reply Reply);
}
