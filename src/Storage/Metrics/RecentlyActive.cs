using System.Collections.Concurrent;

namespace CustomerGrains.Storage.Metrics;

/// <summary>Whose activity was noted a moment ago: noting it again would change nothing.</summary>
/// <remarks>A memory of what the statement decides anyway; it only spares the look-up.</remarks>
internal sealed class RecentlyActive
{
    /// <summary>As in <c>Metrics/count_activity</c>.</summary>
    private static readonly TimeSpan NotedOnceIn = TimeSpan.FromMinutes(1);

    /// <summary>Customers remembered, about 6 MB; then it begins anew.</summary>
    private const int CustomersMax = 100_000;

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _noted = new();

    /// <summary>Takes out what need not be written.</summary>
    public void LeaveOut(Counted counted)
    {
        foreach (var (customer, activity) in counted.Customers)
        {
            if (activity.CartsAbandoned == 0
                && _noted.TryGetValue(customer, out var noted)
                && activity.LastActiveAt < noted + NotedOnceIn)
                counted.Customers.Remove(customer);
        }
    }

    /// <summary>Remembers what was written.</summary>
    public void Remember(Counted counted)
    {
        if (_noted.Count > CustomersMax) _noted.Clear();
        foreach (var (customer, activity) in counted.Customers)
            _noted[customer] = activity.LastActiveAt;
    }
}
