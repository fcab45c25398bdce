using System.Globalization;
using CustomerGrains.Tests.Load.Histories;

namespace CustomerGrains.System.Tests.Histories;

/// <summary>A small history in which everything is as it should be: two customers, lost answers,
/// an order, a change of phone, a rider, an administrator, and two codes.</summary>
internal sealed class RecordedHistory
{
    public static readonly Guid Ann = new("0199f000-0000-7000-8000-00000000000a");
    public static readonly Guid Bob = new("0199f000-0000-7000-8000-00000000000b");

    private long _now;

    public RecordedHistory()
    {
        Ask("ann-1", "ann", Ann, OpKind.Write);
        Say("ann-1", 200, version: 2, answer: "a2");
        Ask("ann-2", "ann", Ann, OpKind.Write);
        Hear("ann-2"); // the answer is lost
        Strike("silo");
        Ask("ann-2", "ann", Ann, OpKind.Write);
        Say("ann-2", 200, version: 3, answer: "a3");
        Ask("ann-read-1", "ann", Ann, OpKind.Read);
        Say("ann-read-1", 200, version: 3);
        Ask("bob-1", "bob", Bob, OpKind.Write);
        Say("bob-1", 200, version: 2, answer: "b2");
        Ask("order-1", "shop", Ann, OpKind.Placement, "order");
        Say("order-1", 201, version: 4, answer: "snapshot");
        Ask("code-1", "thief", Ann, OpKind.Guess, "change");
        Say("code-1", 422, answer: "wrong");
        Ask("change-1", "ann", Ann, OpKind.PhoneChange, "change");
        Say("change-1", 200, version: 6, answer: "a6");
        Ask("poll-1", "rider", Ann, OpKind.Poll, "order");
        Say("poll-1", 200, version: 1, flag: true);
        Ask("ann-read-2", "ann", Ann, OpKind.Read);
        Say("ann-read-2", 200, version: 6);
        Ask("order-read-1", "shop", Ann, OpKind.OrderRead, "order");
        Say("order-read-1", 200, answer: "snapshot");
        Ask("look-1", "admin", Ann, OpKind.StaffRead, "ticket 1");
        Say("look-1", 200);
        Ask("look-2", "admin", Ann, OpKind.StaffRead, "ticket 2");
        Hear("look-2");
        Ask("bob-2", "bob", Bob, OpKind.Write);
        Say("bob-2", 503);
        Ask("bob-2", "bob", Bob, OpKind.Write);
        Say("bob-2", 200, version: 3, answer: "b3");
    }

    public List<HistoryLine> Lines { get; } = [];

    public FinalState Final { get; set; } = new()
    {
        Events =
        [
            Row(1, Ann, 1, null), Row(2, Ann, 2, "ann-1"), Row(3, Ann, 3, "ann-2"),
            Row(4, Bob, 1, null), Row(5, Bob, 2, "bob-1"), Row(6, Ann, 4, "order-1"),
            Row(7, Ann, 5, "code-1"), Row(8, Ann, 6, "change-1"), Row(9, Bob, 3, "bob-2"),
        ],
        Customers =
        [
            new(Ann, 6, "ann at 6", "ann at 6", ["phone x"], 1),
            new(Bob, 3, "bob at 3", "bob at 3", ["phone y", "email y"], 0),
        ],
        Seals = [new(0, 1, 4, 4, 4, 0), new(0, 2, 9, 9, 5, 0)],
        Counters = new Dictionary<string, long> { ["edited"] = 9 },
        Accesses = [new("admin", Ann, "ticket 1"), new("admin", Ann, "ticket 2")],
        Challenges = [new("change", 1, IsConsumed: true)],
        Snapshots = new Dictionary<string, string> { ["order"] = "snapshot" },
    };

    public void Ask(string op, string client, Guid customer, OpKind kind, string? subject = null)
    {
        var scope = kind is OpKind.Read or OpKind.Poll or OpKind.StaffRead or OpKind.OrderRead
            or OpKind.SignIn
            ? null
            : op;
        var attempt = 1 + Lines.Count(l => l.Invoke?.Op == op);
        Lines.Add(new(new Invoke(op, attempt, client, customer, kind, ++_now, scope, subject)));
    }

    public void Say(
        string op, int status, long? version = null, string? answer = null, bool? flag = null)
    {
        var outcome = status switch
        {
            < 300 => Outcome.Ok,
            < 500 => Outcome.Fail,
            _ => Outcome.Info,
        };
        var attempt = Lines.Count(l => l.Invoke?.Op == op);
        Lines.Add(new(Complete: new Complete(
            op, attempt, outcome, status, ++_now, version, answer, flag)));
    }

    /// <summary>Nothing, that is.</summary>
    public void Hear(string op) => Lines.Add(new(Complete: new Complete(
        op, Lines.Count(l => l.Invoke?.Op == op), Outcome.Info, 0, ++_now)));

    public void Strike(string what) => Lines.Add(new(Fault: new Fault(what, ++_now)));

    /// <summary>What an answer said is another.</summary>
    public void Amend(string op, Func<Complete, Complete> change)
    {
        var place = Lines.FindLastIndex(l => l.Complete?.Op == op);
        Lines[place] = new(Complete: change(Lines[place].Complete!));
    }

    public void Amend(Func<List<EventRow>, IEnumerable<EventRow>> change) =>
        Final = Final with { Events = [.. change([.. Final.Events])] };

    /// <summary>As it went through a file.</summary>
    public IReadOnlyList<Violation> Check() => HistoryChecker.Check(
        History.Of(Lines.Select(l => HistoryLine.Parse(l.ToString()))), Final);

    public static EventRow Row(ulong xid, Guid customer, long sequence, string? scope) =>
        new(0, xid, (long)xid, customer, sequence, scope, ["edited"]);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Lines.Count} lines");
}
