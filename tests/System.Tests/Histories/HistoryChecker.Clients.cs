using System.Globalization;
using CustomerGrains.Tests.Load.Histories;

namespace CustomerGrains.System.Tests.Histories;

internal sealed partial class HistoryChecker
{
    /// <summary>H5: what began after another had ended comes after it; a read shows everything that
    /// was acknowledged before it began, and nobody's reads go back.</summary>
    private void RealTimeOrder()
    {
        foreach (var customer in _byCustomer)
        {
            var ended = Newest(customer.Where(o => o.IsWrite && o.Version is not null));
            foreach (var op in customer.Where(o => o.Version is not null))
            {
                if (op.IsWrite)
                    Demand(
                        op.Version > ended(op.Began),
                        "H5", $"{op.Op} began after version {ended(op.Began)} and is {op.Version}");
                if (op.Kind != OpKind.Read) continue;
                Demand(
                    op.Version >= ended(op.Began),
                    "H5", $"{op.Op} shows {op.Version} after {ended(op.Began)} was acknowledged");
                var possible = 1 + customer.Count(o => o.MakesRow && o.Began < op.Ended);
                Demand(op.Version <= possible, "H5", $"{op.Op} shows what nobody wrote yet");
            }

            foreach (var reads in customer.Where(o => o.Kind == OpKind.Read && o.IsOk)
                .GroupBy(o => o.Client))
            {
                var latest = Newest(reads);
                foreach (var read in reads)
                    Demand(
                        read.Version >= latest(read.Began),
                        "H5", $"{read.Op}: reads of {read.Client} go back");
            }
        }
    }

    /// <summary>The highest version that was heard before a moment.</summary>
    private static Func<long, long> Newest(IEnumerable<Operation> operations)
    {
        var sorted = operations.OrderBy(o => o.Ended).ToList();
        var times = sorted.ConvertAll(o => o.Ended);
        var highest = new List<long>();
        foreach (var op in sorted) highest.Add(Math.Max(highest.LastOrDefault(), op.Version!.Value));
        return moment =>
        {
            // The first that had not ended before it.
            var place = times.BinarySearch(moment);
            if (place < 0) place = ~place;
            while (place > 0 && times[place - 1] >= moment) place--;
            return place == 0 ? 0 : highest[place - 1];
        };
    }

    /// <summary>H5 for riders: once the customer was answered, no rider is told that the phone is
    /// the old one.</summary>
    private void RidersKnow()
    {
        var placed = _history.Operations.Where(o => o is { Kind: OpKind.Placement, IsOk: true })
            .ToDictionary(o => o.Subject!, o => o.Ended);
        foreach (var poll in _history.Operations)
        {
            if (poll is not { Kind: OpKind.Poll, IsOk: true }
                || !placed.TryGetValue(poll.Subject!, out var since))
                continue;
            var told = _byCustomer[poll.Customer].Count(o =>
                o is { Kind: OpKind.PhoneChange, IsOk: true }
                && o.Began > since && o.Ended < poll.Began);
            Demand(
                poll.Version >= told,
                "H5", $"{poll.Op} shows contact {poll.Version} after change {told} was acknowledged");
            Demand(
                told == 0 || poll.Result!.Flag == true || _byCustomer[poll.Customer].Any(o =>
                    o.Kind == OpKind.Acknowledge && o.Subject == poll.Subject
                    && o.Outcome != Outcome.Fail && o.Began < poll.Ended
                    && (o.Version ?? told) >= told),
                "H5", $"{poll.Op} says that nothing is new, and change {told} was not seen");
        }
    }

    /// <summary>H7: no look at personal data without its row, no row without a look. Riders state
    /// no purpose: of them the number is compared.</summary>
    private void AccessLog()
    {
        var rows = _final.Accesses.ToLookup(a => a.Reader);
        foreach (var reads in _history.Operations.Where(o => o.Kind == OpKind.StaffRead)
            .GroupBy(o => o.Client))
        {
            var stated = reads.Where(o => o.Subject is not null).ToLookup(o => o.Subject!);
            foreach (var same in stated)
            {
                var logged = rows[reads.Key].Count(r => r.Purpose == same.Key);
                var answered = same.Count(o => o.IsOk);
                Demand(
                    logged >= answered,
                    "H7", $"{reads.Key} read for {same.Key} and is not in the access log");
                Demand(
                    logged <= AccessRowsPerReadMax * same.Count(o => o.Outcome != Outcome.Fail),
                    "H7", $"{reads.Key} read once for {same.Key} and is logged {logged} times");
            }

            foreach (var row in rows[reads.Key].Where(_ => stated.Count > 0))
                Demand(
                    stated.Contains(row.Purpose),
                    "H7", $"{reads.Key} never asked for {row.Purpose}");
            if (stated.Count > 0) continue;
            var times = rows[reads.Key].Count();
            Demand(
                times >= reads.Count(o => o.IsOk)
                    && times <= AccessRowsPerReadMax * reads.Count(o => o.Outcome != Outcome.Fail),
                "H7", $"{reads.Key} read {reads.Count(o => o.IsOk)} times, logged {times}");
        }
    }

    /// <summary>H9: a code serves once, and wrong tries are counted before they are told.</summary>
    private void Codes()
    {
        var stored = _final.Challenges.ToDictionary(c => c.Id);
        foreach (var guesses in _history.Operations
            .Where(o => o.ShowsCode && o.Subject is not null).GroupBy(o => o.Subject!))
        {
            var right = guesses.Count(o => o.IsOk);
            var wrong = guesses.Count(o => o.IsWrongTry);
            Demand(right <= 1, "H9", $"code {guesses.Key} served {right} times");
            Demand(
                wrong <= TriesPerCodeMax, "H9", $"code {guesses.Key} took {wrong} wrong tries");
            if (!stored.TryGetValue(guesses.Key, out var challenge)) continue;
            Demand(
                challenge.Attempts >= wrong,
                "H9", $"code {guesses.Key}: told {wrong} wrong tries, counted {challenge.Attempts}");
            Demand(
                challenge.IsConsumed || right == 0,
                "H9", $"code {guesses.Key} served and may serve again");
        }
    }

    /// <summary>H10: no contact has two owners, no customer two defaults.</summary>
    private void Owners()
    {
        foreach (var same in _final.Customers
            .SelectMany(c => c.Contacts, (c, contact) => (c.Id, Contact: contact))
            .GroupBy(o => o.Contact))
            Demand(
                same.Count() == 1, "H10", $"one contact belongs to {string.Join(", ", same.Select(o => o.Id))}");
        foreach (var customer in _final.Customers)
            Demand(customer.Defaults <= 1, "H10", $"{customer.Id} has {customer.Defaults} defaults");
    }

    /// <summary>H11: after the last fault everybody is served again, and nothing waits.</summary>
    private void NothingStuck()
    {
        Demand(
            _final.OverdueMessages == 0, "H11", $"{_final.OverdueMessages} messages are stuck");
        if (_history.Faults.Count == 0) return;
        var last = _history.Faults.Max(f => f.At);
        foreach (var client in _history.Operations
            .Where(o => o.IsWrite && o.Kind != OpKind.Guess).GroupBy(o => o.Client))
            Demand(
                client.Any(o => o.IsOk && o.Ended > last),
                "H11", $"{client.Key} was never served after the last fault");
    }

    /// <summary>H12: an order's snapshot never changes.</summary>
    private void Snapshots()
    {
        foreach (var same in _history.Operations
            .Where(o => o.Kind is OpKind.Placement or OpKind.OrderRead && o.IsOk)
            .GroupBy(o => o.Subject!))
        {
            var seen = same.Select(o => o.Result!.Answer).ToHashSet();
            if (_final.Snapshots.TryGetValue(same.Key, out var stored)) seen.Add(stored);
            Demand(seen.Count == 1, "H12", $"the snapshot of {same.Key} changed");
        }
    }

    /// <summary>H13: the only failure a client hears of is "try again".</summary>
    private void Statuses()
    {
        foreach (var op in _history.Operations)
            foreach (var answer in op.Completes.Where(c => c.Status >= 500 && c.Status != 503))
                Demand(
                    false, "H13",
                    string.Create(CultureInfo.InvariantCulture, $"{op.Op} got {answer.Status}"));
    }
}
