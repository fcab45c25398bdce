using CustomerGrains.Tests.Load.Histories;

namespace CustomerGrains.System.Tests.Histories;

/// <param name="Rule">H1 to H13, see docs/reliability.md.</param>
internal sealed record Violation(string Rule, string What);

/// <summary>Compares what clients heard with what is stored. A pure function; the version that an
/// answer names is the witness of the order, so nothing is searched for.</summary>
internal sealed partial class HistoryChecker
{
    /// <summary>Wrong tries that one code takes; api.md and Domain say the same.</summary>
    private const int TriesPerCodeMax = 5;

    /// <summary>The front end asks a second time where a first answer got lost.</summary>
    private const int AccessRowsPerReadMax = 2;

    private readonly History _history;
    private readonly FinalState _final;
    private readonly List<Violation> _found = [];
    private readonly ILookup<Guid, Operation> _byCustomer;
    private readonly Dictionary<(Guid Customer, long Sequence), EventRow> _events = [];

    private HistoryChecker(History history, FinalState final)
    {
        (_history, _final) = (history, final);
        _byCustomer = history.Operations.ToLookup(o => o.Customer);
        foreach (var row in final.Events) _events.TryAdd((row.Customer, row.Sequence), row);
    }

    /// <returns>Empty when every rule holds.</returns>
    public static IReadOnlyList<Violation> Check(History history, FinalState final)
    {
        var checker = new HistoryChecker(history, final);
        checker.AcknowledgedWrites();
        checker.OneEffectPerKey();
        checker.NothingUnasked();
        checker.VersionsAndFold();
        checker.RealTimeOrder();
        checker.RidersKnow();
        checker.Seals();
        checker.AccessLog();
        checker.Counters();
        checker.Codes();
        checker.Owners();
        checker.NothingStuck();
        checker.Snapshots();
        checker.Statuses();
        return checker._found;
    }

    private void Demand(bool holds, string rule, string otherwise)
    {
        if (!holds) _found.Add(new Violation(rule, otherwise));
    }

    /// <summary>H1: what was acknowledged is there.</summary>
    private void AcknowledgedWrites()
    {
        foreach (var op in _history.Operations)
        {
            if (!op.IsWrite || op.Version is not { } version) continue;
            var isThere = _events.TryGetValue((op.Customer, version), out var row)
                && (row.Scope is null || row.Scope == op.Scope);
            Demand(isThere, "H1", $"{op.Op} was acknowledged as version {version} and is lost");
        }

        var scopes = _final.Events.Select(e => e.Scope).ToHashSet();
        foreach (var op in _history.Operations.Where(o => o.Kind == OpKind.Acknowledge && o.IsOk))
            Demand(scopes.Contains(op.Scope), "H1", $"{op.Op} was acknowledged and is lost");
    }

    /// <summary>H2: one key, one effect, one answer.</summary>
    private void OneEffectPerKey()
    {
        foreach (var same in _final.Events.Where(e => e.Scope is not null)
            .GroupBy(e => (e.Customer, e.Scope)))
            Demand(same.Count() == 1, "H2", $"a key of {same.Key.Customer} had two effects");
        foreach (var same in _history.Operations.Where(o => o.IsWrite && o.Version is not null)
            .GroupBy(o => (o.Customer, o.Version)))
            Demand(
                same.Count() == 1, "H2", $"version {same.Key.Version} was given to two commands");
        foreach (var op in _history.Operations.Where(o => o.Scope is not null))
        {
            var answers = op.Completes.Where(c => c.Outcome == Outcome.Ok)
                .Select(c => (c.Status, c.Answer)).Distinct().Count();
            Demand(answers <= 1, "H2", $"{op.Op} got {answers} different answers");
        }
    }

    /// <summary>H3: what is there was asked for, and not refused. A birth is asked for by whoever
    /// has no name yet. Customers to whom no client writes are a test's own.</summary>
    private void NothingUnasked()
    {
        var scopes = _history.Operations.Where(o => o.Scope is not null)
            .ToDictionary(o => o.Scope!, o => o);
        foreach (var rows in _final.Events.GroupBy(e => e.Customer))
        {
            if (!_byCustomer[rows.Key].Any(o => o.IsWrite)) continue;
            var told = _byCustomer[rows.Key].Where(o => o.IsWrite && o.Version is not null)
                .Select(o => o.Version!.Value).ToHashSet();
            var excuses = _byCustomer[rows.Key].Count(o =>
                o.IsWrite && (o.Outcome == Outcome.Info || o.Kind == OpKind.Guess));
            foreach (var row in rows.Where(r => r.Sequence > 1 && !told.Contains(r.Sequence)))
            {
                var op = row.Scope is null ? null : scopes.GetValueOrDefault(row.Scope);
                var isExcused = op is { Kind: OpKind.Guess } or { Outcome: Outcome.Info }
                    || op is { Kind: OpKind.Acknowledge, IsOk: true }
                    || (row.Scope is null && excuses-- > 0);
                Demand(isExcused, "H3", $"nobody asked for {row.Customer} {row.Sequence}");
            }
        }
    }

    /// <summary>H4: versions are dense, and the journal is the state.</summary>
    private void VersionsAndFold()
    {
        var rows = _final.Events.ToLookup(e => e.Customer, e => e.Sequence);
        foreach (var customer in _final.Customers)
        {
            var sequences = rows[customer.Id].Order().ToArray();
            var isDense = !sequences.Where((s, i) => s != i + 1).Any();
            Demand(isDense, "H4", $"{customer.Id}: versions are not 1, 2, 3 …");
            Demand(
                customer.Version == sequences.Length,
                "H4", $"{customer.Id}: version {customer.Version}, rows {sequences.Length}");
            Demand(
                customer.State == customer.Folded,
                "H4", $"{customer.Id}: the state is not what the journal says");
        }
    }

    /// <summary>H6: every row under exactly one seal, in order, and the chain holds.</summary>
    private void Seals()
    {
        var seals = _final.Seals.ToLookup(s => s.Partition);
        foreach (var rows in _final.Events.GroupBy(e => e.Partition))
        {
            var journal = rows.OrderBy(r => (r.Xid, r.Id)).ToList();
            var (next, number) = (0, 0L);
            foreach (var seal in seals[rows.Key].OrderBy(s => s.Number))
            {
                Demand(seal.Number == ++number, "H6", $"partition {rows.Key} lacks seal {number}");
                var from = next;
                while (next < journal.Count
                    && (journal[next].Xid, journal[next].Id)
                        .CompareTo((seal.LastXid, seal.LastId)) <= 0)
                    next++;
                Demand(
                    next - from == seal.Rows && seal.Gaps == 0,
                    "H6", $"seal {rows.Key}/{seal.Number} is over {seal.Rows} rows, not {next - from}");
            }

            Demand(next == journal.Count, "H6", $"partition {rows.Key}: rows without a seal");
            foreach (var same in journal.GroupBy(r => r.Customer))
                Demand(
                    same.Select(r => r.Sequence).SequenceEqual(same.Select(r => r.Sequence).Order()),
                    "H6", $"{same.Key}: out of order in the feed");
        }

        Demand(_final.ChainsHold, "H6", "a chain of seals is broken");
    }

    /// <summary>H8: counters are a recount.</summary>
    private void Counters()
    {
        var counted = _final.Events.Where(e => e.IsCounted).SelectMany(e => e.Kinds)
            .CountBy(kind => kind).ToDictionary(c => c.Key, c => (long)c.Value);
        foreach (var kind in counted.Keys.Union(_final.Counters.Keys))
            Demand(
                counted.GetValueOrDefault(kind) == _final.Counters.GetValueOrDefault(kind),
                "H8", $"{kind}: counted {_final.Counters.GetValueOrDefault(kind)}, "
                    + $"in the journal {counted.GetValueOrDefault(kind)}");
    }
}
