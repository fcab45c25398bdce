using CustomerGrains.Storage.Batching;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Batching;

[Trait("Section", "R8")]
public sealed class BatcherTests
{
    [Fact]
    public async Task Enqueue_WhenTheQueueIsFull_RefusesAfterAWhile()
    {
        var work = new HeldWork();
        await using var batcher = new Batcher<int>(
            work,
            new BatcherOptions { Workers = 1, BatchSizeMax = 1, QueueCapacity = 2 },
            TimeProvider.System);
        await batcher.Enqueue(1);
        await work.Started.WaitAsync(TimeSpan.FromSeconds(60));
        await batcher.Enqueue(2);
        await batcher.Enqueue(3);

        await Should.ThrowAsync<QueueFullException>(batcher.Enqueue(4).AsTask());
        work.Release();
    }

    [Fact]
    public async Task Dispose_WithItemsWaiting_CarriesThemOut()
    {
        var work = new HeldWork();
        var batcher = new Batcher<int>(
            work, new BatcherOptions { Workers = 1, BatchSizeMax = 3 }, TimeProvider.System);
        for (var i = 0; i < 100; i++) await batcher.Enqueue(i);
        var closing = batcher.DisposeAsync().AsTask();
        closing.IsCompleted.ShouldBeFalse();
        work.Release();
        await closing;

        work.Done.ShouldBe(Enumerable.Range(0, 100));
        await Should.ThrowAsync<QueueFullException>(batcher.Enqueue(101).AsTask());
    }

    [Fact]
    public async Task Execute_NeverGetsMoreThanABatch()
    {
        var work = new HeldWork();
        var batcher = new Batcher<int>(
            work,
            new BatcherOptions { Workers = 1, BatchSizeMax = 100, BatchBytesMax = 30 },
            TimeProvider.System);
        for (var i = 0; i < 50; i++) await batcher.Enqueue(i);
        work.Release();
        await batcher.DisposeAsync();

        // 10 bytes an item: a batch closes at the third.
        work.LargestBatch.ShouldBe(3);
    }

    private sealed class HeldWork : IBatchWork<int>
    {
        private readonly TaskCompletionSource _started = new();
        private readonly TaskCompletionSource _released = new();

        public List<int> Done { get; } = [];

        public int LargestBatch { get; private set; }

        public Task Started => _started.Task;

        public void Release() => _released.TrySetResult();

        public int SizeOf(int item) => 10;

        public async Task Execute(List<int> batch)
        {
            _started.TrySetResult();
            await _released.Task;
            LargestBatch = Math.Max(LargestBatch, batch.Count);
            Done.AddRange(batch);
        }
    }
}
