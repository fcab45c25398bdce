using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Feed;
using CustomerGrains.Storage.Schema;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Feed;

[Trait("Section", "R11")]
public sealed class PartitionFeedTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Read_ACustomersRows_ComeInOrderAndOnce()
    {
        await using var world = await FeedHarness.Create(postgres);
        var (customer, partition) = await world.Live(edits: 20);
        var feed = world.Partition(partition);
        var at = await feed.Claim(default);

        var sequences = new List<long>();
        while (sequences.Count < customer.Customer.Version)
        {
            var rows = await FeedHarness.ReadOn(feed, at, 7);
            sequences.AddRange(rows.Select(row => row.Sequence));
            at = rows[^1].Position;
        }

        (await feed.Read(at, 7, default)).ShouldBeEmpty();

        sequences.ShouldBe(Enumerable.Range(1, (int)customer.Customer.Version).Select(i => (long)i));
    }

    [Fact]
    public async Task Read_WhileAnEarlierTransactionRuns_DoesNotPassIt()
    {
        await using var world = await FeedHarness.Create(postgres);
        var (customer, partition) = await world.Live(edits: 0);
        var feed = world.Partition(partition);
        var at = (await FeedHarness.ReadOn(feed, await feed.Claim(default), 1))[0].Position;
        await using var late = await world.Database.AsOwner.OpenConnectionAsync();
        await using var transaction = await late.BeginTransactionAsync();
        await using (var takesItsNumber = new NpgsqlCommand(
            "SELECT pg_current_xact_id()", late, transaction))
            await takesItsNumber.ExecuteScalarAsync();

        await world.Store.Commit(
            customer, new Domain.Customers.CustomerCommand.EditProfile { Name = new("Later") });
        var meanwhile = await feed.Read(at, 10, default);
        await transaction.CommitAsync();
        var afterwards = await FeedHarness.ReadOn(feed, at, 1);

        meanwhile.ShouldBeEmpty();
        afterwards.Single().Sequence.ShouldBe(2);
    }

    [Fact]
    public async Task Claim_ByAnother_StopsTheFirst()
    {
        await using var world = await FeedHarness.Create(postgres);
        var (_, partition) = await world.Live(edits: 3);
        var (first, second) = (world.Partition(partition), world.Partition(partition));
        var start = await first.Claim(default);
        var last = (await FeedHarness.ReadOn(first, start, 4))[^1].Position;

        await second.Claim(default);

        (await first.Read(start, 10, default)).ShouldBeEmpty();
        (await first.Advance(new Arrived(last, 4), default)).ShouldBeFalse();
        first.IsClaimed.ShouldBeFalse();
        (await FeedHarness.ReadOn(second, start, 4)).Length.ShouldBe(4);
        (await second.Advance(new Arrived(last, 4), default)).ShouldBeTrue();
        (await first.Claim(default)).ShouldBe(last);
    }

    [Fact]
    public async Task Check_AfterALogicalRestore_Refuses()
    {
        await using var world = await FeedHarness.Create(postgres);
        var check = new FeedCheck(world.Database.AsService);
        await check.Verify(default);

        await world.Database.Execute(
            "UPDATE stream_checkpoints SET xid = '9000000000' WHERE partition = 5");

        (await Should.ThrowAsync<SchemaRefusedException>(() => check.Verify(default)))
            .Message.ShouldContain("rebase-feed");
    }

    [Fact]
    public void Position_Order_IsTransactionThenRow()
    {
        FeedPosition[] positions = [new(1, 9), new(2, 1), new(2, 2), new(ulong.MaxValue, 0)];

        positions.Reverse().Order().ShouldBe(positions);
        (positions[0] < positions[1]).ShouldBeTrue();
        (positions[2] >= positions[2]).ShouldBeTrue();
    }
}
