using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Feed;
using CustomerGrains.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Streams;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Feed;

/// <summary>One partition as its agent sees it.</summary>
public sealed class JournalReceiverTests(PostgresFixture postgres)
{
    private static readonly FeedOptions Options = new()
    {
        IdleWait = TimeSpan.FromMilliseconds(200),
        Pace = TimeSpan.Zero,
        ClaimAgainAfter = TimeSpan.FromMilliseconds(50),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Idle_WhenAnotherTookThePartitionAndWent_GoesOnByItself()
    {
        await using var world = await FeedHarness.Create(postgres);
        var (customer, partition) = await world.Live(edits: 2);
        using var watch = Watch(world);
        await watch.StartAsync(Cancellation);
        var receiver = Receiver(world, watch, partition);
        await Take(receiver, 3);
        await Eventually.Holds("the arrival is recorded", async () =>
        {
            (await receiver.GetQueueMessagesAsync(4, Cancellation)).ShouldBeEmpty();
            return await world.Database.Query<long>(
                $"SELECT delivered FROM stream_checkpoints WHERE partition = {partition}") == 3;
        }, Cancellation);

        await world.Partition(partition).Claim(Cancellation);
        await world.Store.Commit(
            customer, new CustomerCommand.EditProfile { Name = new("After the other") });

        (await Take(receiver, 4)).ShouldBe([4]);
        await watch.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Delivered_IsWhereTheNextOwnerGoesOn()
    {
        await using var world = await FeedHarness.Create(postgres);
        var (customer, partition) = await world.Live(edits: 2);
        using var watch = Watch(world);
        await watch.StartAsync(Cancellation);
        var first = Receiver(world, watch, partition);
        (await Take(first, 3)).ShouldBe([1, 2, 3]);
        await world.Store.Commit(customer, new CustomerCommand.EditProfile { Name = new("Next") });
        // Handed out, but its agent never says that it has arrived.
        (await Read(first, 4)).SelectMany(Sequences).ShouldBe([4]);

        var second = Receiver(world, watch, partition);

        (await Take(second, 4)).ShouldBe([4]);
        await watch.StopAsync(Cancellation);
    }

    /// <summary>Reads up to a sequence and reports all as arrived.</summary>
    private static async Task<long[]> Take(IQueueAdapterReceiver receiver, long upTo)
    {
        var taken = await Read(receiver, upTo);
        await receiver.MessagesDeliveredAsync(taken, Cancellation);
        return [.. taken.SelectMany(Sequences)];
    }

    private static async Task<List<IBatchContainer>> Read(
        IQueueAdapterReceiver receiver, long upTo)
    {
        var read = new List<IBatchContainer>();
        await Eventually.Holds("the rows have come", async () =>
        {
            read.AddRange(await receiver.GetQueueMessagesAsync(4, Cancellation));
            return read.Count > 0 && Sequences(read[^1]).Last() == upTo;
        }, Cancellation);
        return read;
    }

    private static IEnumerable<long> Sequences(IBatchContainer container) =>
        container.GetEvents<JournalChunk>().SelectMany(e => e.Item1.Rows).Select(r => r.Sequence);

    private static FeedWatch Watch(FeedHarness world) => new(
        world.Feed, new FeedSignal(), Options, TimeProvider.System,
        NullLogger<FeedWatch>.Instance);

    private static JournalReceiver Receiver(FeedHarness world, FeedWatch watch, short partition) =>
        new(partition, world.Feed, watch, Options, TimeProvider.System,
            NullLogger<JournalReceiver>.Instance);
}
