using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Storage.Audit;

/// <summary>Remembers how far each customer's sequence has come, so that only the predecessors of
/// rows it has not met have to be looked up.</summary>
public sealed class SequenceWatch
{
    /// <summary>Customers remembered in one partition, about 1 MB; then it begins anew, which costs
    /// look-ups, never a gap.</summary>
    private const int CustomersMax = 16_384;

    private readonly Dictionary<Guid, long> _latest = [];

    /// <summary>Rows that must be in the journal for these to be without gaps, and are not known to
    /// be.</summary>
    public IReadOnlyList<(Guid CustomerId, long Sequence)> Predecessors(JournalChunk chunk)
    {
        if (_latest.Count > CustomersMax) _latest.Clear();
        var wanted = new List<(Guid, long)>();
        foreach (var row in chunk.Rows)
        {
            var latest = _latest.GetValueOrDefault(row.CustomerId);
            // What was delivered before was looked at before.
            if (row.Sequence <= latest) continue;
            if (row.Sequence != latest + 1) wanted.Add((row.CustomerId, row.Sequence - 1));
            _latest[row.CustomerId] = row.Sequence;
        }

        return wanted;
    }
}
