using System.Collections.Immutable;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Audit;
using CustomerGrains.Storage.Journal;

namespace CustomerGrains.Grains.History;

/// <summary>A query as a filter and a place, or what is wrong with it.</summary>
internal static class HistoryParser
{
    /// <returns>Empty when both hold.</returns>
    public static ImmutableArray<MemberError> Parse(
        HistoryQuery query, out HistoryFilter filter, out FamilyCursor after)
    {
        var errors = ImmutableArray.CreateBuilder<MemberError>();
        if (query.Kind is { } kind && !JournalKinds.ByType.Values.Contains(kind))
            errors.Add(new("kind", "Not a kind of event."));
        var from = Time("from", query.From, errors);
        var to = Time("to", query.To, errors);
        if (from > to) errors.Add(new("to", "Must not lie before from."));
        if (!FamilyCursor.TryParse(query.Page.Cursor, out after))
            errors.Add(new("cursor", "Not a cursor of this list."));
        filter = new HistoryFilter(query.Kind, from, to, UpTo: null);
        return errors.DrainToImmutable();
    }

    private static DateTimeOffset? Time(
        string member, string? text, ImmutableArray<MemberError>.Builder errors)
    {
        if (text is null) return null;
        if (Rfc3339.TryParse(text, out var time)) return time;
        errors.Add(new(member, Rfc3339.Rule));
        return null;
    }
}
