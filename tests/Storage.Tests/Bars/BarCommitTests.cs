using System.Text;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Due;
using CustomerGrains.Storage.Tests.Customers;
using CustomerGrains.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Bars;

public sealed class BarCommitTests(PostgresFixture postgres)
{
    private static readonly Guid Admin = Guid.CreateVersion7();

    [Fact]
    public async Task Load_AfterEveryStepOfABar_ReadsBackWhatWasInMemoryAndWhatTheJournalFoldsTo()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var loaded = await harness.SignUp();
        var soon = StoreHarness.Now().AddHours(1);
        foreach (var (command, status) in ((CustomerCommand, string)[])
        [
            (Impose(Bar()), "blocked"),
            (Impose(Bar() with { Comment = null, PublicReason = null }), "blocked"),
            (Impose(Bar() with { Kind = BarKind.Suspended, Until = soon }), "suspended"),
            (Impose(Bar() with { Kind = BarKind.Suspended }), "suspended"),
            (Impose(Bar() with { Scope = BarScope.Ordering }), "blocked"),
            (new CustomerCommand.LiftBar("Settled.", Admin), "temporary"),
            (Impose(Bar()), "blocked"),
        ])
        {
            loaded = await harness.Commit(loaded, command);
            var expected = StoreHarness.Show(loaded.Customer);
            StoreHarness.Show(await harness.Load(loaded.Customer.Id)).ShouldBe(expected);
            StoreHarness.Show(await harness.Fold(loaded)).ShouldBe(expected);
            (await harness.Database.Query<string>(
                "SELECT account_status || ' ' || is_temporary FROM users"))
                .ShouldBe($"{status} true");
        }
    }

    [Fact]
    public async Task LongestTexts_InTheWidestScript_FitTheSchema()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var text = new string('界', Limits.ReasonTextLengthMax);
        var code = new string('z', Limits.ReasonCodeLengthMax);
        var loaded = await harness.Commit(await harness.SignUp(), Impose(
            Bar() with { ReasonCode = code, Comment = text, PublicReason = text }));

        (await harness.Load(loaded.Customer.Id)).Bar.ShouldBe(loaded.Customer.Bar);
    }

    [Fact]
    public async Task Texts_LieNowhereInClear()
    {
        await using var harness = await StoreHarness.Create(postgres);
        await harness.Commit(await harness.SignUp(), Impose(Bar()));

        foreach (var table in (string[])["customer_bars", "customer_event"])
        {
            var rows = await harness.Database.Query<string>(
                $"SELECT string_agg(t::text, ' ') FROM {table} t");
            foreach (var text in (string[])["chargebacks", "disputed"])
            {
                rows.ShouldNotContain(text);
                rows.ShouldNotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)));
            }
        }
    }

    [Fact]
    public async Task Stale_LeavesTheBarAlone()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var loaded = await harness.SignUp();
        await harness.Commit(loaded, Impose(Bar()));

        var late = StoreHarness.Prepare(
            loaded, Impose(Bar() with { ReasonCode = "late", Scope = BarScope.Ordering }));
        (await harness.Store.Commit(late)).ShouldBe(CommitResult.Stale);

        (await harness.Load(loaded.Customer.Id)).Bar.ShouldBe(Bar());
    }

    [Theory]
    [InlineData("kind = 'banned'", "customer_bars_kind_known")]
    [InlineData("scope = 'some'", "customer_bars_scope_known")]
    [InlineData("reason_code = ''", "customer_bars_reason_code_form")]
    [InlineData("reason_code = repeat('a', 65)", "customer_bars_reason_code_form")]
    [InlineData("reason_code = E'a\\n'", "customer_bars_reason_code_form")]
    [InlineData("until = now()", "customer_bars_only_suspensions_end")]
    [InlineData("comment = decode(repeat('00', 2049), 'hex')", "customer_bars_comment_size")]
    public async Task Schema_RefusesWhatTheRulesDo(string change, string constraint)
    {
        await using var harness = await StoreHarness.Create(postgres);
        await harness.Commit(await harness.SignUp(), Impose(Bar()));

        var refused = await Should.ThrowAsync<PostgresException>(
            harness.Database.Execute($"UPDATE customer_bars SET {change}"));
        refused.ConstraintName.ShouldBe(constraint);
    }

    [Fact]
    public async Task Due_GoesThroughAllThatAreOver_PageByPage_TheLongestOverFirst()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var start = StoreHarness.Now();
        var time = new FakeTimeProvider(start);
        await using var database = new CustomerDatabase(harness.Database.Service);
        var due = new DueCustomers(database);
        var expected = new List<Guid>();
        for (var i = 0; i < 103; i++)
        {
            // Many end in the same moment.
            var until = start.AddMinutes(1 + i / 50);
            var barred = await harness.Commit(await harness.SignUp(), Impose(
                Bar() with { Kind = BarKind.Suspended, Until = until }));
            expected.Add(barred.Customer.Id);
        }

        await harness.Commit(await harness.SignUp(), Impose(Bar()));
        (await due.OverSuspensions(time.GetUtcNow()).ToListAsync()).ShouldBeEmpty();
        time.Advance(TimeSpan.FromMinutes(3));

        var over = await due.OverSuspensions(time.GetUtcNow()).ToListAsync();
        over.ShouldBe(expected, ignoreOrder: true);
        over[100..].ShouldBeSubsetOf(expected[100..]);
    }

    private static Bar Bar() => new()
    {
        Kind = BarKind.Blocked,
        Scope = BarScope.All,
        ReasonCode = "payment-fraud",
        Comment = "Three chargebacks.",
        PublicReason = "Payments were disputed.",
        By = Admin,
    };

    private static CustomerCommand Impose(Bar bar) => new CustomerCommand.ImposeBar(bar);
}
