using CustomerGrains.GrainInterfaces;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Feed;

public sealed class MetricsTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Apply_TheSameChunkAgainAndOverlapping_CountsOnce()
    {
        await using var world = await FeedHarness.Create(postgres);
        var (customer, partition) = await world.Live(edits: 8);
        var whole = await world.Whole(partition);

        await world.Metrics.Apply(whole with { Rows = whole.Rows[..5] });
        await world.Metrics.Apply(whole with { Rows = whole.Rows[..5] });
        await world.Metrics.Apply(new JournalChunk(
            partition, whole.Rows[1].Position, whole.Rows[2..]));
        await world.Metrics.Apply(whole);

        (await world.Count("guest_created")).ShouldBe(1);
        (await world.Count("name_changed")).ShouldBe(8);
        // Noted once a minute.
        (await world.Database.Query<DateTime>(
            "SELECT last_active_at FROM customer_metrics")).ShouldBeInRange(
            customer.Customer.CreatedAt.UtcDateTime, customer.Customer.UpdatedAt.UtcDateTime);
    }

    [Fact]
    public async Task Apply_WithRowsLeftOutBefore_CountsThemToo()
    {
        await using var world = await FeedHarness.Create(postgres);
        var (_, partition) = await world.Live(edits: 8);
        var whole = await world.Whole(partition);

        await world.Metrics.Apply(new JournalChunk(
            partition, whole.Rows[5].Position, whole.Rows[6..]));

        (await world.Count("name_changed")).ShouldBe(8);
    }

    [Fact]
    public async Task Apply_ByManyAtOnce_CountsOnce()
    {
        await using var world = await FeedHarness.Create(postgres);
        var (_, partition) = await world.Live(edits: 12);
        var whole = await world.Whole(partition);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => world.Metrics.Apply(
            i % 2 == 0 ? whole : new(partition, whole.Rows[3].Position, whole.Rows[4..]))));

        (await world.Count("name_changed")).ShouldBe(12);
    }

    [Fact]
    public async Task Apply_RowsThatCannotBeCounted_PutsThemAsideAloneAndReplaysThem()
    {
        await using var world = await FeedHarness.Create(postgres);
        var (_, partition) = await world.Live(edits: 20);
        await world.Database.Execute(
            "CREATE TABLE kept AS SELECT sequence, events FROM customer_event WHERE sequence IN (7, 13);"
            + "UPDATE customer_event SET events = 'no JSON' WHERE sequence = 7;"
            + "UPDATE customer_event SET events = '[{\"kind\":\"\"}]' WHERE sequence = 13");
        var whole = await world.Whole(partition);

        await world.Metrics.Apply(whole);
        await world.Metrics.Apply(whole);

        (await world.Count("name_changed")).ShouldBe(18);
        (await world.Database.Query<long>("SELECT count(*) FROM stream_dead_letters")).ShouldBe(2);
        (await world.Metrics.Replay(10, default)).ShouldBe((0, 2));

        await world.Database.Execute(
            "UPDATE customer_event e SET events = k.events FROM kept k WHERE e.sequence = k.sequence");
        (await world.Metrics.Replay(10, default)).ShouldBe((2, 0));
        (await world.Metrics.Replay(10, default)).ShouldBe((0, 0));
        (await world.Count("name_changed")).ShouldBe(20);
    }

    [Fact]
    public async Task Apply_Sessions_CountWhenBothEndsAreKnown()
    {
        await using var world = await FeedHarness.Create(postgres);
        var (customer, partition) = await world.Live(edits: 0);
        var row = (await world.Whole(partition)).Rows[0];

        // Each a row of its own, as the feed would bring them; the last end is a repetition.
        await Apply("session_started", "a", "2026-11-23T10:00:00Z");
        await Apply("session_ended", "b", "2026-11-23T10:30:00Z");
        await Apply("session_ended", "a", "2026-11-23T10:01:40Z");
        await Apply("session_started", "b", "2026-11-23T10:20:00Z");
        await Apply("session_ended", "a", "2026-11-23T11:00:00Z");
        await Apply("cart_abandoned", "b", "2026-11-23T10:29:00Z");

        var seen = await world.Database.Query<string>(
            "SELECT session_count || ' ' || session_seconds || ' ' || avg_session_duration || ' '"
            + " || cart_abandon_count FROM customer_metrics");
        seen.ShouldBe("2 700 350.00 1");

        async Task Apply(string kind, string session, string at)
        {
            var after = row.Position;
            row = row with
            {
                Position = new(after.Xid, after.Id + 1),
                At = DateTimeOffset.Parse(at, null),
                Events = $$"""
                    [{"kind":"activity_recorded","items":[{"kind":"{{kind}}","session_id":"{{session}}","at":"{{at}}"}]}]
                    """,
            };
            await world.Metrics.Apply(new JournalChunk(partition, after, [row]));
        }
    }
}
