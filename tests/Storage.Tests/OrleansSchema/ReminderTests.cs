using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.OrleansSchema;

public sealed class ReminderTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly DateTime Start = new(2026, 11, 23, 8, 0, 0, DateTimeKind.Utc);
    private Providers _providers = null!;
    private IReminderTable _table = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _providers = await Providers.Create(postgres);
        _table = _providers.Reminders;
    }

    public ValueTask DisposeAsync() => _providers.DisposeAsync();

    [Theory]
    [InlineData(60_000d)]
    [InlineData(3_000_000_000d)] // more milliseconds than an integer holds
    public async Task Upsert_ReadsBack(double periodMilliseconds)
    {
        var reminder = Reminder("resume", period: TimeSpan.FromMilliseconds(periodMilliseconds));
        var etag = await _table.UpsertRow(reminder, Token);

        var read = await _table.ReadRow(reminder.GrainId, "resume", Token);

        read.ShouldNotBeNull();
        read.StartAt.ShouldBe(Start);
        read.Period.ShouldBe(reminder.Period);
        read.ETag.ShouldBe(etag);
    }

    [Fact]
    public async Task Upsert_Again_GivesANewETagAndValue()
    {
        var reminder = Reminder("resume");
        var first = await _table.UpsertRow(reminder, Token);
        reminder.Period = TimeSpan.FromHours(2);

        var second = await _table.UpsertRow(reminder, Token);

        second.ShouldNotBe(first);
        var rows = await _table.ReadRows(reminder.GrainId, Token);
        rows.Reminders.ShouldHaveSingleItem().Period.ShouldBe(TimeSpan.FromHours(2));
    }

    [Fact]
    public async Task Remove_StaleETag_KeepsTheReminder()
    {
        var reminder = Reminder("resume");
        var stale = await _table.UpsertRow(reminder, Token);
        var current = await _table.UpsertRow(reminder, Token);

        (await _table.RemoveRow(reminder.GrainId, "resume", stale!, Token)).ShouldBeFalse();
        (await _table.ReadRow(reminder.GrainId, "resume", Token)).ShouldNotBeNull();

        (await _table.RemoveRow(reminder.GrainId, "resume", current!, Token)).ShouldBeTrue();
        (await _table.ReadRow(reminder.GrainId, "resume", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Upsert_ManyAtOnce_LeavesOneRow()
    {
        var etags = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => _table.UpsertRow(Reminder("resume"), Token)));

        etags.ShouldBeUnique();
        (await _table.ReadRows(Reminder("resume").GrainId, Token)).Reminders.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ReadRange_OfAnyShape_FindsExactlyItsPart()
    {
        var all = Enumerable.Range(0, 64).Select(i => Reminder("r", grain: $"g-{i}")).ToArray();
        foreach (var reminder in all) await _table.UpsertRow(reminder, Token);
        uint[] edges = [0, 1, int.MaxValue / 2, int.MaxValue, 0x8000_0000, 0xC000_0000, uint.MaxValue];

        foreach (var begin in edges)
            foreach (var end in edges)
            {
                var expected = all.Where(r => IsWithin(r.GrainId.GetUniformHashCode(), begin, end));
                var read = await _table.ReadRows(begin, end, Token);
                read.Reminders.Select(r => r.GrainId).ShouldBe(
                    expected.Select(r => r.GrainId), ignoreOrder: true, $"({begin}, {end}]");
            }
    }

    private static bool IsWithin(uint hash, uint begin, uint end) => begin < end
        ? hash > begin && hash <= end
        : hash > begin || hash <= end;

    private static ReminderEntry Reminder(
        string name, string grain = "grain", TimeSpan? period = null) => new()
        {
            GrainId = GrainId.Create("process", grain),
            ReminderName = name,
            StartAt = Start,
            Period = period ?? TimeSpan.FromMinutes(1),
        };
}
