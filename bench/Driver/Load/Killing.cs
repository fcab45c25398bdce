using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace CustomerGrains.Bench.Driver.Load;

/// <summary>Edits under way while a silo is killed: what callers see, how soon the rate is back,
/// and whether the database holds every acknowledged edit, once.</summary>
/// <remarks>Each client sends an edit under its key again until it is acknowledged.</remarks>
internal static class Killing
{
    private const int Connections = 128;

    // Of the rate before the kill.
    private const double Back = 0.9;

    private static readonly TimeSpan Before = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Bucket = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task<int> Run(Target target, int silo, string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        var was = await Count(source);
        var acknowledged = new ConcurrentBag<(int Customer, long Version)>();
        var buckets = new int[(int)((Before + After) / Bucket) + 1];
        long refused = 0, lost = 0, other = 0, longest = 0;
        var tag = Guid.NewGuid().ToString("N")[..8];
        var started = Stopwatch.GetTimestamp();
        var kill = Kill(silo, Before);
        await ClosedLoop.While(
            target, Connections, () => Stopwatch.GetElapsedTime(started) < Before + After, Edit);
        await kill;

        var steady = buckets[4..(int)(Before / Bucket)].Order().ToArray();
        var usual = (double)steady[steady.Length / 2];
        Facts.Print("kill.rate", usual / Bucket.TotalSeconds);
        Facts.Print("kill.least", buckets[(int)(Before / Bucket)..^1].Min() / Bucket.TotalSeconds);
        Facts.Print("kill.back", TimeUntilBack(buckets, usual * Back));
        Facts.Print("kill.refused", refused);
        Facts.Print("kill.lost", lost);
        Facts.Print("kill.other", other);
        Facts.Print("kill.longest", longest / 1000.0);
        Facts.Print("kill.acknowledged", acknowledged.Count);
        Facts.Print("kill.rows", await Count(source) - was);
        Facts.Print("kill.missing", await Missing(source, target, acknowledged));
        Facts.Print(
            "kill.doubled", acknowledged.Count - acknowledged.Distinct().Count());
        return 0;

        async ValueTask Edit(Wire wire, int number)
        {
            // A client works on customers of its own, one after the other.
            var customer = number % target.Customers.Length;
            var request = Target.Edit(
                target.Customers[customer], $"Asha Rao {tag} {number:D8}", $"{tag}-{number}");
            var begun = Stopwatch.GetTimestamp();
            while (true)
            {
                var answer = await wire.Send(request);
                if (answer.IsGood)
                {
                    var now = Stopwatch.GetElapsedTime(started);
                    Interlocked.Increment(ref buckets[Math.Min((int)(now / Bucket), buckets.Length - 1)]);
                    acknowledged.Add((customer, answer.Number("\"version\":"u8)));
                    var took = (long)Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
                    for (long seen; took > (seen = Volatile.Read(ref longest));)
                        if (Interlocked.CompareExchange(ref longest, took, seen) == seen) break;
                    return;
                }

                if (answer.Status == 503) Interlocked.Increment(ref refused);
                else if (answer.Status == 0) Interlocked.Increment(ref lost);
                else Interlocked.Increment(ref other);
                await Task.Delay(Pause);
            }
        }
    }

    private static async Task Kill(int process, TimeSpan after)
    {
        await Task.Delay(after);
        using var victim = Process.GetProcessById(process);
        victim.Kill();
    }

    /// <summary>Seconds from the kill until the rate is there and stays for a second.</summary>
    private static double TimeUntilBack(int[] buckets, double enough)
    {
        const int Stays = 4;
        var first = (int)(Before / Bucket);
        for (var at = first; at + Stays < buckets.Length; at++)
        {
            if (buckets[at..(at + Stays)].Average() >= enough)
                return (at - first) * Bucket.TotalSeconds;
        }

        return double.PositiveInfinity;
    }

    private static async Task<long> Count(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("SELECT count(*) FROM customer_event");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>How many acknowledged versions have no row in the journal.</summary>
    private static async Task<long> Missing(
        NpgsqlDataSource source, Target target, IEnumerable<(int Customer, long Version)> all)
    {
        var ids = Enumerable.Range(0, target.Customers.Length)
            .Select(number => Shared.SampleCustomers.Number(number).Id).ToArray();
        var known = all.ToArray();
        await using var command = source.CreateCommand(
            """
            SELECT count(*)
            FROM unnest($1::uuid[], $2::bigint[]) AS a (id, version)
            WHERE NOT EXISTS (
                SELECT FROM customer_event e
                WHERE e.customer_id = a.id AND e.sequence = a.version)
            """);
        command.CommandTimeout = 120;
        command.Parameters.Add(new() { Value = known.Select(a => ids[a.Customer]).ToArray() });
        command.Parameters.Add(new() { Value = known.Select(a => a.Version).ToArray() });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
