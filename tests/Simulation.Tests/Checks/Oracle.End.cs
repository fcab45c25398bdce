using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Domain.SignIn;
using CustomerGrains.Simulation.Tests.Model;
using CustomerGrains.Simulation.Tests.Service;
using CustomerGrains.Storage.Journal;
using CustomerGrains.Tests.Support;

namespace CustomerGrains.Simulation.Tests.Checks;

/// <summary>What must be true when all has come to rest.</summary>
internal sealed partial class Oracle
{
    public bool IsFeedDrained => Tables.Journal.All(journal =>
        Tables.Marks.GetValueOrDefault(journal.Key) >= journal.Value[^1].Row.Position
        && Tables.Checkpoints.GetValueOrDefault(journal.Key)?.To >= journal.Value[^1].Row.Position
        && Tables.Seals.GetValueOrDefault(journal.Key) is [.., { } last]
        && last[^1] >= journal.Value[^1].Row.Position);

    public void CheckEnd()
    {
        CheckCommands();
        CheckCodes();
        foreach (var customer in world.Customers) CheckCustomer(customer);
        CheckSeals();
        CheckMetrics();
        foreach (var (read, times) in _seen)
            Demand(
                Tables.Accesses.Count(a => a == read) >= times, "a read is not in the access log");
        if (world.Clock.Failure is { } failure) throw failure;
    }

    private void CheckCommands()
    {
        var times = Tables.Rows.Where(r => _wishes.ContainsKey(r.Row.CommandId))
            .CountBy(r => _wishes[r.Row.CommandId].Op).ToDictionary();
        foreach (var (op, count) in times) Demand(count == 1, $"command {op} is there {count} times");
        foreach (var (op, answer) in _answers)
        {
            if (answer.Reply is { IsKept: true, Changed: true })
                Demand(times.ContainsKey(op), $"command {op} was answered and is lost");
            if (answer.Reply.Changed && times.ContainsKey(op))
                Demand(
                    Tables.Find(answer.Wish.Customer, VersionOf(op)) is { } row
                        && (answer.Reply.Version == row.Row.Sequence),
                    "an answer names another version than the journal");
        }
    }

    private long VersionOf(int op) =>
        Tables.Rows.First(r => _wishes.GetValueOrDefault(r.Row.CommandId)?.Op == op).Row.Sequence;

    private void CheckCodes()
    {
        var told = _answers.Values.Where(a => a.Wish is Wish.Verify)
            .ToLookup(a => ((Wish.Verify)a.Wish).ChangeId, a => a.Reply);
        var changed = new HashSet<Guid>();
        foreach (var row in Tables.Rows)
            foreach (var e in row.Commit.Events.OfType<CustomerEvent.ContactChanged>())
                Demand(changed.Add(e.ChangeId), "a code succeeded twice");
        var failed = Tables.Rows
            .SelectMany(r => r.Commit.Events.OfType<CustomerEvent.ContactCodeFailed>()
                .Select(e => (r.Row.CustomerId, r.Row.At, Event: e))).ToList();
        foreach (var change in told)
        {
            Demand(change.Count(r => r.IsDone) <= 1, "a code was said to be right twice");
            Demand(
                change.Count(r => r.Refusal == Refusal.OtpWrong)
                    <= failed.Count(f => f.Event.ChangeId == change.Key),
                "a wrong code was told and not counted");
        }

        foreach (var series in failed.GroupBy(f => (f.CustomerId, f.Event.Channel)))
            foreach (var last in series)
                Demand(
                    series.Count(f => f.At <= last.At
                        && last.At - f.At < SignInLimits.FailureWindow) <= Limits.ContactFailuresMax,
                    "more wrong codes than a day has");
    }

    private void CheckCustomer(Guid id)
    {
        var rows = Tables.Rows.Where(r => r.Row.CustomerId == id).ToList();
        var folded = Customer.Unborn(id);
        foreach (var stored in rows)
        {
            Demand(stored.Row.Sequence == folded.Version + 1, "versions are not 1, 2, 3 …");
            folded = folded.After(
                JournalCodec.Read(stored.Row.Events, stored.Personal), stored.Row.At);
        }

        var whole = Tables.Whole(id);
        var (expected, found) = (Portrait.Of(folded), Portrait.Of(whole));
        Demand(expected == found, $"the state is not what the journal says: {expected} / {found}");
    }

    private void CheckSeals()
    {
        Demand(world.Gaps == 0, "a seal missed a row before its own");
        foreach (var (partition, journal) in Tables.Journal)
        {
            var chain = Tables.Seals.GetValueOrDefault(partition) ?? [];
            var positions = journal.ConvertAll(s => s.Row.Position);
            var under = chain.SelectMany(seal => seal).ToList();
            Demand(under.Count == under.Distinct().Count(), "a row is sealed twice");
            Demand(under.SequenceEqual(under.Order()), "rows are sealed out of order");
            Demand(under.SequenceEqual(positions), "a row is not sealed");
        }
    }

    private void CheckMetrics()
    {
        var recount = Tables.Rows.SelectMany(r => Subscribers.KindsOf(r.Row)).CountBy(kind => kind);
        var expected = string.Join(", ", recount.OrderBy(c => c.Key, StringComparer.Ordinal));
        var found = string.Join(", ", Tables.Counters.Where(c => c.Value != 0)
            .Select(c => KeyValuePair.Create(c.Key, (int)c.Value))
            .OrderBy(c => c.Key, StringComparer.Ordinal));
        Demand(expected == found, $"counters are not a recount: {expected} / {found}");
    }
}
