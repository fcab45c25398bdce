using System.Net;
using System.Text;
using System.Text.Json;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Faults;
using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>A silo ends on the spot in the middle of work that nobody waits for; what comes of it
/// is what a recount says.</summary>
public sealed class AbortedWorkTests(ITestOutputHelper output)
{
    private const int Aborts = 3;

    // Each waits for the lease of the silo that ended.
    private const int AbortsOfPass = 2;

    private readonly CancellationToken _stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_AbortedBeforeAChunkIsRecorded_MakesEachCustomerOnce()
    {
        const int Lines = 5_000;
        await using var service = await RunningService.Start(mayFail: true);
        using var admin = await Caller.Of(service.BaseAddress, "uta", Guid.NewGuid());
        service.Abort(FaultPoints.ImportChunk);
        var import = await Import(admin, Lines);
        for (var i = 1; i < Aborts; i++) await Again(service, FaultPoints.ImportChunk);

        var done = await Done(admin, import);

        done.GetProperty("created").GetInt32().ShouldBe(Lines);
        done.GetProperty("refused").GetInt32().ShouldBe(0);
        done.GetProperty("rows_done").GetInt32().ShouldBe(Lines);
        await using var database = await JournalFollower.Open(service);
        (await JournalFollower.Scalar<long>(database, "SELECT count(*) FROM users"))
            .ShouldBe(Lines);
        (await JournalFollower.Scalar<long>(database, "SELECT count(*) FROM customer_event"))
            .ShouldBe(Lines);
        await JournalFollower.CheckAllArrived(service);
    }

    [Fact]
    public async Task Erasures_AbortedBetweenTwo_AreAllDoneOnce()
    {
        const int People = 12;
        await using var service = await RunningService.Start(
            mayFail: true, settings: new Dictionary<string, string>
            {
                ["Customers__ErasureGrace"] = "00:00:03",
            });
        service.Abort(FaultPoints.ErasureRun);
        for (var i = 0; i < People; i++)
        {
            using var guest = new Caller(service.BaseAddress);
            await guest.BeGuest();
            var (status, _) = await guest.Send("POST", "/api/utc/privacy/erasure", "{}");
            // Whose first answer was lost may be forgotten before the second.
            status.ShouldBeOneOf(HttpStatusCode.Accepted, HttpStatusCode.Unauthorized);
        }

        for (var i = 1; i < Aborts; i++) await Again(service, FaultPoints.ErasureRun);
        await using var database = await JournalFollower.Open(service);
        await Eventually.Holds("all are forgotten", async () =>
            await JournalFollower.Scalar<long>(
                database, "SELECT count(*) FROM customer_data_keys") == 0, _stop);

        (await JournalFollower.Scalar<long>(database,
            "SELECT count(*) FROM customer_event WHERE events LIKE '%\"erased\"%'"))
            .ShouldBe(People);
        (await JournalFollower.Scalar<long>(database, "SELECT count(*) FROM customer_erasures"))
            .ShouldBe(0);
        await JournalFollower.CheckAllArrived(service);
    }

    [Fact]
    public async Task Pass_AbortedInsideAPage_EndsWithWhatARecountSays()
    {
        const int Lines = 6_000; // two pages
        await using var service = await RunningService.Start(mayFail: true);
        using var admin = await Caller.Of(service.BaseAddress, "uta", Guid.NewGuid());
        await Done(admin, await Import(admin, Lines));
        await using var database = await JournalFollower.Open(service);
        // Orders of years, of people whom nobody has in memory yet.
        await JournalFollower.Scalar<long>(database,
            """
            WITH u AS (
                UPDATE customer_profiles
                SET total_orders_count = abs(hashtext(user_id::text)) % 40,
                    total_spend = abs(hashtext(user_id::text)) % 40 * 1500,
                    last_delivered_at = now() - abs(hashtext(user_id::text)) % 300
                        * interval '1 day' - interval '1 hour'
                WHERE abs(hashtext(user_id::text)) % 4 = 0
                RETURNING 1)
            SELECT count(*) FROM u
            """);
        service.Abort(FaultPoints.ReviewPage);
        await ReplaceTiers(admin);
        for (var i = 1; i < AbortsOfPass; i++) await Again(service, FaultPoints.ReviewPage);
        await Eventually.Holds(
            "a silo ended in the pass", () => !service.IsFailing(FaultPoints.ReviewPage), _stop);

        await Eventually.Holds("the pass is over", async () =>
            await Wrong(database) == 0, _stop);

        // Each change once: a row for each who moved, and no second one.
        (await JournalFollower.Scalar<long>(database,
            "SELECT count(*) FROM (SELECT customer_id FROM customer_event WHERE events LIKE "
            + "'%\"segment_changed\"%' GROUP BY customer_id HAVING count(*) > 1) twice"))
            .ShouldBe(0);
        var recounted = await JournalFollower.Scalar<string>(database,
            "SELECT string_agg(s || ' ' || t || ' ' || n, ', ' ORDER BY s COLLATE \"C\", "
            + "t COLLATE \"C\") "
            + "FROM (SELECT customer_segment AS s, customer_tier AS t, count(*) AS n "
            + "FROM customer_profiles GROUP BY 1, 2) counts");
        output.WriteLine(recounted);
        await Eventually.Holds(
            "administrators see the same", async () => await Shown(admin) == recounted, _stop);
        await JournalFollower.CheckAllArrived(service);
    }

    private static async Task<string> Shown(Caller admin) => string.Join(
        ", ",
        (await admin.Ask("GET", "/api/admin/segments")).GetProperty("items").EnumerateArray()
            .Select(i => $"{i.GetProperty("segment").GetString()} "
                + $"{i.GetProperty("tier").GetString()} {i.GetProperty("customers").GetInt64()}")
            .Order(StringComparer.Ordinal));

    /// <summary>Customers whose tier or segment is not what the rules say.</summary>
    private static async Task<int> Wrong(NpgsqlDataSource database)
    {
        var rules = new TierRules(2, new(2, 0m), new(8, 0m), new(20, 0m));
        var now = DateTimeOffset.UtcNow;
        var wrong = 0;
        await using var command = database.CreateCommand(
            "SELECT total_orders_count, total_spend, last_delivered_at, customer_tier, "
            + "customer_segment FROM customer_profiles");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var profile = Profile.Empty with
            {
                TotalOrders = reader.GetInt32(0),
                TotalSpend = reader.GetDecimal(1),
                LastDeliveredAt = reader.IsDBNull(2)
                    ? null
                    : reader.GetFieldValue<DateTimeOffset>(2),
            };
            var tier = rules.Of(profile.TotalOrders, profile.TotalSpend);
            if (!reader.GetString(3).Equals(tier.ToString(), StringComparison.OrdinalIgnoreCase)
                || reader.GetString(4) != SegmentRules.Of(profile, now))
                wrong++;
        }

        return wrong;
    }

    private static async Task ReplaceTiers(Caller admin)
    {
        var version = (await admin.Ask("GET", "/api/admin/policies/tiers"))
            .GetProperty("version").GetInt64();
        await admin.Ask("PUT", "/api/admin/policies/tiers",
            $$"""
            {"version":{{version}},"document":{"regular":{"orders":2,"spend":"0.00"},
             "vip":{"orders":8,"spend":"0.00"},"premium":{"orders":20,"spend":"0.00"} } }
            """);
    }

    /// <summary>Once the silo has ended there, the next one is to end there, too.</summary>
    private async Task Again(RunningService service, string point)
    {
        await Eventually.Holds(
            $"a silo ended at {point}", () => !service.IsFailing(point), _stop);
        service.Abort(point);
    }

    private static async Task<Guid> Import(Caller admin, int lines)
    {
        var body = new StringBuilder();
        for (var i = 0; i < lines; i++)
            body.Append($$"""{"external_id":"X-{{i}}","name":"N {{i}}"}""").Append('\n');
        return (await admin.Ask("POST", "/api/admin/imports", body.ToString(), Caller.Lines))
            .GetProperty("import_id").GetGuid();
    }

    private async Task<JsonElement> Done(Caller admin, Guid import)
    {
        JsonElement seen = default;
        await Eventually.Holds("the import is done", async () =>
            (seen = await admin.Ask("GET", $"/api/admin/imports/{import}"))
                .GetProperty("state").GetString() == "done", _stop);
        return seen;
    }
}
