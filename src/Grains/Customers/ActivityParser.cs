using System.Collections.Immutable;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Grains.Customers;

/// <summary>What an app tells, as a command.</summary>
internal static class ActivityParser
{
    public static Parsed Parse(ActivityDraft draft, DateTimeOffset now)
    {
        var v = new Validation();
        var items = ImmutableArray.CreateBuilder<ActivityItem>();
        if (draft.Events.Length is < 1 or > Limits.ActivityItemsMax)
            v.Refuse("events", $"Must have 1 to {Limits.ActivityItemsMax} items.");
        // What is wrong with the first bad one is enough.
        for (var i = 0; v.IsClean && i < draft.Events.Length; i++)
            items.Add(Item(v, $"events[{i}].", draft.Events[i], now));
        return v.IsClean
            ? new(new CustomerCommand.RecordActivity(items.DrainToImmutable()))
            : new(null, v.Errors);
    }

    private static ActivityItem Item(
        Validation v, string prefix, ActivityItemDraft draft, DateTimeOffset now)
    {
        var kind = Kind(draft.Kind);
        if (kind is null)
            v.Refuse(prefix + "kind", "Must be session_started, session_ended or cart_abandoned.");
        if (!Rfc3339.TryParse(draft.At, out var at)) v.Refuse(prefix + "at", Rfc3339.Rule);
        else if (at > now + Limits.ActivityClockSkewMax || at < now - Limits.ActivityAgeMax)
            v.Refuse(prefix + "at", "Must lie at most 30 days back and not in the future.");
        if (draft.SessionId.Length is < 1 or > Limits.SessionIdLengthMax
            || draft.SessionId.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            v.Refuse(
                prefix + "session_id",
                $"Must have 1 to {Limits.SessionIdLengthMax} visible ASCII characters.");
        }

        return new ActivityItem(kind.GetValueOrDefault(), draft.SessionId, at);
    }

    private static ActivityKind? Kind(string name) => name switch
    {
        "session_started" => ActivityKind.SessionStarted,
        "session_ended" => ActivityKind.SessionEnded,
        "cart_abandoned" => ActivityKind.CartAbandoned,
        _ => null,
    };
}
