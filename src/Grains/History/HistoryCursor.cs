using System.Globalization;

namespace CustomerGrains.Grains.History;

/// <summary>A place in a history: the last event seen, or, before an event of the row that was
/// reached, its row. It stays right while history grows.</summary>
/// <param name="Index">Of the last event seen among those of its row; they are listed from the
/// last to the first.</param>
internal readonly record struct HistoryCursor(long Sequence, int Index)
{
    /// <summary>Before all.</summary>
    public static readonly HistoryCursor Start = new(long.MaxValue, int.MaxValue);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Sequence}.{Index}");

    /// <summary>Null is the place before the first.</summary>
    public static bool TryParse(string? text, out HistoryCursor cursor)
    {
        cursor = Start;
        if (text is null) return true;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point < 0
            || !long.TryParse(text.AsSpan(0, point), NumberStyles.None,
                CultureInfo.InvariantCulture, out var sequence)
            || !int.TryParse(text.AsSpan(point + 1), NumberStyles.None,
                CultureInfo.InvariantCulture, out var index))
            return false;
        cursor = new HistoryCursor(sequence, index);
        return true;
    }

    public bool IsBefore(long sequence, int index) =>
        sequence < Sequence || (sequence == Sequence && index < Index);
}
