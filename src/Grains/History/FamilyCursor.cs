using System.Collections.Immutable;

namespace CustomerGrains.Grains.History;

/// <summary>A place in the history of a customer and of those whom it absorbed: one in each journal.
/// Of a customer who absorbed nobody it reads like the one.</summary>
internal sealed record FamilyCursor(ImmutableArray<HistoryCursor> Places)
{
    private const char Between = '_';

    public static FamilyCursor Of(IEnumerable<HistoryCursor> places) => new([.. places]);

    /// <summary>Null is the place before the first.</summary>
    public static bool TryParse(string? text, out FamilyCursor cursor)
    {
        cursor = new FamilyCursor([]);
        if (text is null) return true;
        var places = ImmutableArray.CreateBuilder<HistoryCursor>();
        foreach (var part in text.Split(Between))
        {
            if (!HistoryCursor.TryParse(part, out var place)) return false;
            places.Add(place);
        }

        cursor = new FamilyCursor(places.DrainToImmutable());
        return true;
    }

    /// <summary>In the journal of a number; before all in one that came since.</summary>
    public HistoryCursor Of(int journal) =>
        journal < Places.Length ? Places[journal] : HistoryCursor.Start;

    public override string ToString() => string.Join(Between, Places);
}
