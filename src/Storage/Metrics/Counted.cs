using System.Text.Json;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Storage.Metrics;

/// <summary>What journal rows add to the counters.</summary>
internal sealed class Counted
{
    public Dictionary<(short Partition, DateOnly Day, string Kind), long> Events { get; } = [];

    public Dictionary<Guid, Activity> Customers { get; } = [];

    public Dictionary<(Guid Customer, string Session), Session> Sessions { get; } = [];

    /// <exception cref="JsonException">The row's events are no journal content.</exception>
    public void Add(short partition, JournalRow row)
    {
        try
        {
            AddEvents(partition, row);
        }
        catch (Exception e) when (e
            is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException("Not journal content.", e);
        }
    }

    private void AddEvents(short partition, JournalRow row)
    {
        using var events = JsonDocument.Parse(row.Events);
        var day = DateOnly.FromDateTime(row.At.UtcDateTime);
        foreach (var happened in events.RootElement.EnumerateArray())
        {
            var kind = Text(happened, "kind");
            var key = (partition, day, kind);
            Events[key] = Events.GetValueOrDefault(key) + 1;
            if (kind == "activity_recorded") AddActivity(row.CustomerId, happened);
        }

        // What the service or staff do to a customer is no sign of the customer's life.
        if (row.ActorRole == CallerRole.Customer) Note(row.CustomerId, row.At, abandoned: 0);
    }

    private void AddActivity(Guid customer, JsonElement recorded)
    {
        foreach (var item in recorded.GetProperty("items").EnumerateArray())
        {
            var at = item.GetProperty("at").GetDateTimeOffset();
            var key = (customer, Text(item, "session_id"));
            var session = Sessions.GetValueOrDefault(key);
            switch (Text(item, "kind"))
            {
                case "session_started":
                    Sessions[key] = session with { StartedAt = session.StartedAt ?? at };
                    break;
                case "session_ended":
                    Sessions[key] = session with { EndedAt = session.EndedAt ?? at };
                    break;
                case "cart_abandoned":
                    Note(customer, at, abandoned: 1);
                    continue;
            }

            Note(customer, at, abandoned: 0);
        }
    }

    private void Note(Guid customer, DateTimeOffset at, int abandoned)
    {
        var known = Customers.GetValueOrDefault(customer);
        Customers[customer] = new Activity(
            at > known.LastActiveAt ? at : known.LastActiveAt, known.CartsAbandoned + abandoned);
    }

    private static string Text(JsonElement element, string member) =>
        element.GetProperty(member).GetString() ?? throw new JsonException($"{member} is null.");
}

internal readonly record struct Activity(DateTimeOffset LastActiveAt, int CartsAbandoned);

internal readonly record struct Session(DateTimeOffset? StartedAt, DateTimeOffset? EndedAt);
