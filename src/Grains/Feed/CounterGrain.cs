using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Orders;
using CustomerGrains.Storage.Metrics;
using CustomerGrains.Storage.Reviews;
using Orleans.Concurrency;

namespace CustomerGrains.Grains.Feed;

/// <summary>Holds nothing: the counters lie in the database.</summary>
[StatelessWorker, Reentrant, GrainType("counter")]
internal sealed class CounterGrain(
    CounterReader counters, SegmentCounter segments, OrderDesk desk, TimeProvider time)
    : Grain, ICounterGrain
{
    public async Task<Reply> GetCounters(string? from, string? to)
    {
        var errors = ImmutableArray.CreateBuilder<MemberError>();
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var last = Day("to", to, errors) ?? today;
        var first = Day("from", from, errors) ?? FirstOf(last);
        if (errors.Count == 0 && first > last)
            errors.Add(new("to", "Must not lie before from."));
        else if (errors.Count == 0 && last.DayNumber - first.DayNumber >= Limits.CounterDaysMax)
            errors.Add(new("from", $"At most {Limits.CounterDaysMax} days at once."));
        if (errors.Count > 0)
            return new Reply { Code = ReplyCode.InvalidMember, Errors = errors.DrainToImmutable() };

        var found = await desk.Ask(() => counters.Read(first, last));
        return new Reply { Code = ReplyCode.Ok, Body = Render(found) };
    }

    public async Task<Reply> GetSegments()
    {
        var counts = await desk.Ask(segments.Count);
        var list = new SegmentList(
            [.. counts.Select(c => new SegmentCountView(c.Segment, c.Tier, c.Customers))],
            SegmentRules.Version,
            NextCursor: null);
        return new Reply
        {
            Code = ReplyCode.Ok,
            Body = JsonSerializer.SerializeToUtf8Bytes(list, AuditViewJson.Default.SegmentList),
        };
    }

    private static DateOnly FirstOf(DateOnly last) =>
        DateOnly.FromDayNumber(Math.Max(0, last.DayNumber - Limits.CounterDaysDefault + 1));

    private static DateOnly? Day(
        string member, string? text, ImmutableArray<MemberError>.Builder errors)
    {
        if (text is null) return null;
        if (DateOnly.TryParseExact(
                text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
                out var day))
            return day;
        errors.Add(new(member, "Must be a calendar date in the form YYYY-MM-DD."));
        return null;
    }

    private static byte[] Render(
        IReadOnlyList<(DateOnly Day, string Kind, long Events)> counters) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new CounterList(
                [
                    .. counters.GroupBy(c => c.Day).Select(day => new CounterDayView(
                        day.Key, day.ToDictionary(c => c.Kind, c => c.Events))),
                ],
                NextCursor: null),
            AuditViewJson.Default.CounterList);
}
