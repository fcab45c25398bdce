using CustomerGrains.Storage.Audit;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Feed;

public sealed class SealTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Seal_InPiecesAndAgain_HoldsAndCountsEachRowOnce()
    {
        await using var world = await FeedHarness.Create(postgres);
        var (_, partition) = await world.Live(edits: 9);
        var rows = (await world.Whole(partition)).Rows;

        foreach (var row in rows.Where((_, i) => i % 3 == 0).Append(rows[^1]))
            (await world.Seals.Seal(partition, row.Position, [])).ShouldBe(0);
        await world.Seals.Seal(partition, rows[4].Position, []);
        await world.Seals.Seal(partition, rows[^1].Position, []);

        var check = await world.Seals.Verify(partition);
        check.Rows.ShouldBe(10);
        check.FirstBroken.ShouldBeNull();
        check.VerifiedTo.ShouldBe(rows[^1].At.UtcDateTime);
    }

    [Fact]
    public async Task Seal_ByTwoAtOnce_MakesOneChain()
    {
        await using var world = await FeedHarness.Create(postgres);
        var (_, partition) = await world.Live(edits: 30);
        var rows = (await world.Whole(partition)).Rows;

        await Task.WhenAll(rows.Concat(rows).Select(row =>
            world.Seals.Seal(partition, row.Position, [])));

        var check = await world.Seals.Verify(partition);
        (check.Rows, check.FirstBroken).ShouldBe((31, null));
    }

    [Theory]
    [InlineData("UPDATE customer_event SET events = replace(events, 'name', 'nome') WHERE sequence = 5", 5)]
    [InlineData("UPDATE customer_event SET actor_id = gen_random_uuid() WHERE sequence = 3", 3)]
    [InlineData("UPDATE customer_event SET personal = personal || '\\x00' WHERE sequence = 2", 2)]
    [InlineData("UPDATE customer_event SET at = at + interval '1 microsecond' WHERE sequence = 9", 9)]
    [InlineData("DELETE FROM customer_event WHERE sequence = 4", 5)]
    [InlineData("DELETE FROM customer_event WHERE sequence = 10", null)]
    [InlineData("UPDATE audit_seals SET leaves = '\\x00'::bytea || substr(leaves, 2) WHERE number = 1", 1)]
    public async Task Verify_AfterTampering_NamesTheFirstBrokenRow(string tampering, int? sequence)
    {
        await using var world = await FeedHarness.Create(postgres);
        var (customer, partition) = await world.Live(edits: 9);
        var rows = (await world.Whole(partition)).Rows;
        await world.Seals.Seal(partition, rows[3].Position, []);
        await world.Seals.Seal(partition, rows[^1].Position, []);
        (await world.Seals.Verify(partition)).FirstBroken.ShouldBeNull();

        await world.Database.Execute(tampering);

        var broken = (await world.Seals.Verify(partition)).FirstBroken.ShouldNotBeNull();
        broken.Partition.ShouldBe(partition);
        broken.Sequence.ShouldBe(sequence);
        if (sequence is not null) broken.CustomerId.ShouldBe(customer.Customer.Id);
    }

    [Theory]
    [InlineData("DELETE FROM audit_seals WHERE number = 1")]
    [InlineData("DELETE FROM audit_seals WHERE number = 2")]
    [InlineData("UPDATE audit_seals SET hash = sha256('') WHERE number = 2")]
    public async Task Verify_WithASealGoneOrChanged_IsBroken(string tampering)
    {
        await using var world = await FeedHarness.Create(postgres);
        var (_, partition) = await world.Live(edits: 5);
        var rows = (await world.Whole(partition)).Rows;
        await world.Seals.Seal(partition, rows[2].Position, []);
        await world.Seals.Seal(partition, rows[^1].Position, []);

        await world.Database.Execute(tampering);

        (await world.Seals.Verify(partition)).FirstBroken.ShouldNotBeNull();
    }

    [Fact]
    public async Task Verify_OfAChainOfSeveralParts_GoesOnWhereThePartBeforeEnded()
    {
        await using var world = await FeedHarness.Create(postgres);
        var (_, partition) = await world.Live(edits: 449);
        var rows = (await world.Whole(partition)).Rows;
        foreach (var row in rows) await world.Seals.Seal(partition, row.Position, []);

        var first = await world.Seals.Verify(partition, 1);
        (first.Rows, first.FirstBroken, first.Next).ShouldBe((200, null, 201));
        var last = await world.Seals.Verify(partition, 401);
        (last.Rows, last.FirstBroken, last.Next).ShouldBe((50, null, null));
        var whole = await world.Seals.Verify(partition);
        (whole.Rows, whole.FirstBroken).ShouldBe((450, null));
        whole.VerifiedTo.ShouldBe(rows[^1].At.UtcDateTime);

        await world.Database.Execute("DELETE FROM audit_seals WHERE number = 200");
        (await world.Seals.Verify(partition)).FirstBroken.ShouldNotBeNull().Sequence.ShouldBe(200);
        await world.Database.Execute(
            "UPDATE customer_event SET at = at + interval '1 microsecond' WHERE sequence = 170");
        (await world.Seals.Verify(partition)).FirstBroken.ShouldNotBeNull().Sequence.ShouldBe(170);
    }

    [Fact]
    public async Task Predecessors_OfRowsInOrder_AreAskedForOnce()
    {
        await using var world = await FeedHarness.Create(postgres);
        var (customer, partition) = await world.Live(edits: 5);
        var whole = await world.Whole(partition);
        var watch = new SequenceWatch();

        watch.Predecessors(whole with { Rows = whole.Rows[2..4] })
            .ShouldBe([(customer.Customer.Id, 2)]);
        watch.Predecessors(whole).ShouldBeEmpty();
        watch.Predecessors(whole).ShouldBeEmpty();
        new SequenceWatch().Predecessors(whole).ShouldBeEmpty();
    }

    [Fact]
    public async Task Seal_OverARowThatIsGone_SaysHowManyAreMissing()
    {
        await using var world = await FeedHarness.Create(postgres);
        var (_, partition) = await world.Live(edits: 5);
        await world.Database.Execute("DELETE FROM customer_event WHERE sequence IN (2, 4)");
        var chunk = await world.Whole(partition);

        (await world.Seals.Seal(
            partition, chunk.Last, new SequenceWatch().Predecessors(chunk))).ShouldBe(2);
    }
}
