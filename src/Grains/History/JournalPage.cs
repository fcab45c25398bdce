using System.Collections.Immutable;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Audit;

namespace CustomerGrains.Grains.History;

/// <summary>Some rows of one journal, event by event, the newest first.</summary>
internal sealed class JournalPage
{
    private readonly Guid _customerId;
    private readonly Queue<(HistoryRow Row, int Index)> _events = [];

    /// <summary>Where the next page begins once all events here are taken; null: nowhere.
    /// </summary>
    private readonly HistoryCursor? _next;

    /// <param name="rowsMax">So many rows were asked for.</param>
    public JournalPage(
        Guid customerId,
        ImmutableArray<HistoryRow> rows,
        string? kind,
        HistoryCursor after,
        int rowsMax,
        bool isForStaff)
    {
        (_customerId, Last) = (customerId, after);
        foreach (var row in rows)
        {
            // A row that cannot be read still stands for something that happened.
            var count = row.Events.IsDefault ? 1 : row.Events.Length;
            for (var index = count - 1; index >= 0; index--)
            {
                var happened = EventAt(row, index);
                if (after.IsBefore(row.Sequence, index)
                    && (kind is null || HistoryViews.KindOf(happened) == kind)
                    && (isForStaff || happened is null || !CustomerHistory.IsForStaff(happened)))
                    _events.Enqueue((row, index));
            }
        }

        // A row that only looked as if it had the kind takes a place without an event.
        if (rows.Length == rowsMax) _next = new HistoryCursor(rows[^1].Sequence, 0);
        Leave();
    }

    /// <summary>The place of the last event taken.</summary>
    public HistoryCursor Last { get; private set; }

    /// <summary>Nothing is left of the whole journal.</summary>
    public bool IsOver => _events.Count == 0 && _next is null;

    /// <summary>The journal with the newest event; null when there is none, or when one would
    /// first have to be read further.</summary>
    public static JournalPage? Newest(List<JournalPage> journals) =>
        journals.Exists(j => j._events.Count == 0 && j._next is not null)
            ? null
            : journals.Where(j => j._events.Count > 0).MaxBy(j => j._events.Peek().Row.At);

    public HistoryItemView Take(Guid? reader)
    {
        var (row, index) = _events.Dequeue();
        Last = new HistoryCursor(row.Sequence, index);
        Leave();
        return HistoryViews.Item(_customerId, row, EventAt(row, index), reader);
    }

    private void Leave()
    {
        if (_events.Count == 0 && _next is { } next) Last = next;
    }

    private static CustomerEvent? EventAt(HistoryRow row, int index) =>
        row.Events.IsDefault ? null : row.Events[index];
}
