using CustomerGrains.Tests.Support;
using Orleans.Storage;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.OrleansSchema;

/// <summary>The cases of Orleans' own storage test kit, and the concurrent first write that it
/// lacks.</summary>
public sealed class GrainStorageTests(PostgresFixture postgres) : IAsyncLifetime
{
    private Providers _providers = null!;
    private IGrainStorage _storage = null!;
    private int _keys;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _providers = await Providers.Create(postgres);
        _storage = _providers.Storage;
    }

    public ValueTask DisposeAsync() => _providers.DisposeAsync();

    [Fact]
    public async Task Read_NothingStored_ResetsWhatWasPassedIn()
    {
        var state = new GrainState<Note>(new Note("stale"), "7") { RecordExists = true };

        await _storage.ReadStateAsync("note", NewKey(), state, Token);

        state.RecordExists.ShouldBeFalse();
        state.ETag.ShouldBeNull();
        state.State.ShouldBe(new Note());
    }

    [Theory]
    [InlineData("Привет, мир")]
    [InlineData("a'b\"c\\d")]
    [InlineData("")]
    public async Task Write_AnyText_ReadsBack(string text)
    {
        var key = GrainId.Create("notes", "ключ " + text);
        var written = await Write(key, text);

        var read = await Read(key);

        read.State!.Text.ShouldBe(text);
        read.ETag.ShouldBe(written.ETag);
        read.RecordExists.ShouldBeTrue();
    }

    [Fact]
    public async Task Write_IntegerKey_ReadsBack()
    {
        var key = GrainId.Create(GrainType.Create("notes"), GrainIdKeyExtensions.CreateIntegerKey(-42));
        await Write(key, "a");

        (await Read(key)).State!.Text.ShouldBe("a");
    }

    [Fact]
    public async Task Write_SecondFirstWrite_IsRefusedAndLeavesTheFirst()
    {
        var key = NewKey();
        await Write(key, "first");

        await Should.ThrowAsync<InconsistentStateException>(() => Write(key, "second"));

        (await Read(key)).State!.Text.ShouldBe("first");
    }

    [Fact]
    public async Task Write_ManyFirstWritesAtOnce_OneWinsAndTheGrainStaysReadable()
    {
        for (var round = 0; round < 20; round++)
        {
            var key = NewKey();
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => TryWrite(key, $"{i}")));

            var winner = outcomes.Where(o => o is not null).ShouldHaveSingleItem();
            var read = await Read(key);
            read.State.ShouldBe(winner!.State);
            read.State = new Note("next");
            await _storage.WriteStateAsync("note", key, read, Token);
        }
    }

    [Fact]
    public async Task Write_StaleETag_IsRefusedAndChangesNothing()
    {
        var key = NewKey();
        var stale = await Write(key, "1");
        var current = await Read(key);
        current.State = new Note("2");
        await _storage.WriteStateAsync("note", key, current, Token);
        stale.State = new Note("lost");

        await Should.ThrowAsync<InconsistentStateException>(
            () => _storage.WriteStateAsync("note", key, stale, Token));

        var read = await Read(key);
        read.State!.Text.ShouldBe("2");
        read.ETag.ShouldBe(current.ETag);
    }

    [Fact]
    public async Task Write_SameValueThrice_GivesThreeETags()
    {
        var key = NewKey();
        var state = await Write(key, "same");
        var etags = new List<string?> { state.ETag };
        for (var i = 0; i < 2; i++)
        {
            await _storage.WriteStateAsync("note", key, state, Token);
            etags.Add(state.ETag);
        }

        etags.ShouldBeUnique();
        etags.ShouldNotContain((string?)null);
    }

    [Fact]
    public async Task Write_ManyGrainsInParallel_KeepsEachApart()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async grain =>
        {
            var key = NewKey();
            var state = await Write(key, $"{grain}");
            for (var i = 0; i < 10; i++)
            {
                var before = state.ETag;
                state.State = new Note($"{grain}/{i}");
                await _storage.WriteStateAsync("note", key, state, Token);
                state.ETag.ShouldNotBe(before);
            }

            (await Read(key)).State!.Text.ShouldBe($"{grain}/9");
        }));
    }

    [Fact]
    public async Task Write_TwoStateNames_AreTwoRecords()
    {
        var key = NewKey();
        await Write(key, "one");
        var other = new GrainState<Note>(new Note("two"));
        await _storage.WriteStateAsync("other", key, other, Token);

        (await Read(key)).State!.Text.ShouldBe("one");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Clear_ThenReadWriteClear_GoesRound(bool deletes)
    {
        var storage = deletes ? _providers.DeletingStorage : _storage;
        var key = NewKey();
        var state = new GrainState<Note>(new Note("1"));
        await storage.WriteStateAsync("note", key, state, Token);
        var written = state.ETag;

        await storage.ClearStateAsync("note", key, state, Token);
        state.RecordExists.ShouldBeFalse();
        state.State.ShouldBe(new Note());
        state.ETag.ShouldNotBe(written);

        await storage.ClearStateAsync("note", key, state, Token); // once more is no error
        var read = new GrainState<Note>();
        await storage.ReadStateAsync("note", key, read, Token);
        read.RecordExists.ShouldBeFalse();

        read.State = new Note("again");
        await storage.WriteStateAsync("note", key, read, Token);
        read.RecordExists.ShouldBeTrue();
        // A deleted record starts over; that is why silos keep tombstones instead.
        if (!deletes) read.ETag.ShouldNotBe(written);
    }

    [Fact]
    public async Task Clear_NeverWritten_IsNoError()
    {
        var state = new GrainState<Note>(new Note("stale"));

        await _storage.ClearStateAsync("note", NewKey(), state, Token);

        state.RecordExists.ShouldBeFalse();
        state.State.ShouldBe(new Note());
    }

    [Fact]
    public async Task Clear_StaleETag_IsRefusedAndKeepsTheData()
    {
        var key = NewKey();
        var stale = await Write(key, "1");
        var current = await Read(key);
        await _storage.WriteStateAsync("note", key, current, Token);

        await Should.ThrowAsync<InconsistentStateException>(
            () => _storage.ClearStateAsync("note", key, stale, Token));

        (await Read(key)).ETag.ShouldBe(current.ETag);
    }

    [Fact]
    public async Task Clear_LeavesATombstone_ThatStaleWritersLoseAgainst()
    {
        var key = NewKey();
        var stale = await Write(key, "1");
        await _storage.ClearStateAsync("note", key, await Read(key), Token);

        await Should.ThrowAsync<InconsistentStateException>(
            () => _storage.WriteStateAsync("note", key, stale, Token));
        await Should.ThrowAsync<InconsistentStateException>(() => Write(key, "first?"));
    }

    private GrainId NewKey() => GrainId.Create("notes", $"n-{Interlocked.Increment(ref _keys)}");

    private async Task<GrainState<Note>> Write(GrainId key, string text)
    {
        var state = new GrainState<Note>(new Note(text));
        await _storage.WriteStateAsync("note", key, state, Token);
        return state;
    }

    private async Task<GrainState<Note>?> TryWrite(GrainId key, string text)
    {
        try
        {
            return await Write(key, text);
        }
        catch (InconsistentStateException)
        {
            return null;
        }
    }

    private async Task<GrainState<Note>> Read(GrainId key)
    {
        var state = new GrainState<Note>();
        await _storage.ReadStateAsync("note", key, state, Token);
        return state;
    }

    [GenerateSerializer]
    public sealed record Note([property: Id(0)] string? Text)
    {
        public Note() : this((string?)null) { }
    }
}
