using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Due;
using CustomerGrains.Storage.Tests.Customers;
using CustomerGrains.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Privacy;

public sealed class ErasureCommitTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    private static readonly CustomerCommand Request = new CustomerCommand.RequestErasure(Grace);
    private static readonly CustomerCommand Cancel = new CustomerCommand.CancelErasure();

    [Fact]
    public async Task Load_AfterRequestAndCancel_ReadsBackWhatWasInMemoryAndWhatTheJournalFoldsTo()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var loaded = await harness.SignUp(Phone());
        foreach (var command in (CustomerCommand[])[Request, Cancel, Request])
        {
            loaded = await harness.Commit(loaded, command);
            var expected = StoreHarness.Show(loaded.Customer);
            StoreHarness.Show(await harness.Load(loaded.Customer.Id)).ShouldBe(expected);
            StoreHarness.Show(await harness.Fold(loaded)).ShouldBe(expected);
        }
    }

    [Fact]
    public async Task Erased_IsGoneWithKeyAndContacts_AndThePhoneIsAnothersToTake()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var phone = Phone();
        var loaded = await Erase(harness, await harness.SignUp(phone));

        (await harness.Store.Load(loaded.Customer.Id)).ShouldBeNull();
        StoreHarness.Show(await harness.Fold(loaded)).ShouldBe(StoreHarness.Show(loaded.Customer));
        (await harness.Database.Query<long>(
            "SELECT (SELECT count(*) FROM customer_data_keys) + (SELECT count(*) FROM customer_erasures)"))
            .ShouldBe(0);
        (await harness.Database.Query<bool>(
            "SELECT deleted_at = tokens_valid_after AND phone IS NULL AND phone_index IS NULL FROM users"))
            .ShouldBeTrue();
        var next = await harness.SignUp(phone);
        next.Customer.Id.ShouldNotBe(loaded.Customer.Id);
    }

    [Fact]
    public async Task Erased_InABatchWithOthers_TakesOnlyItsOwn()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var people = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Furnished(harness)));
        var wish = people[..10];
        var asked = await Task.WhenAll(wish.Select(p => harness.Commit(p, Request)));
        await Task.WhenAll(
        [
            .. asked.Select(p => Erase(harness, p)),
            .. people[10..].Select(p => harness.Commit(p, Rename("Zoë"))),
        ]);

        foreach (var gone in wish)
            (await harness.Store.Load(gone.Customer.Id)).ShouldBeNull();
        foreach (var kept in people[10..])
        {
            var customer = await harness.Load(kept.Customer.Id);
            StoreHarness.Show(customer with { Name = "Ann", Version = 4, UpdatedAt = default })
                .ShouldBe(StoreHarness.Show(kept.Customer with { Version = 4, UpdatedAt = default }));
        }
    }

    /// <summary>An order that is placed at the very moment at which the erasure runs: one of the
    /// two sees the other.</summary>
    [Fact]
    public async Task ErasureAndOrder_AtOnce_OneIsStale_AndNoActiveOrderIsLeftWithoutACustomer()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var (erased, ordered) = (0, 0);
        for (var i = 0; i < 20; i++)
        {
            var loaded = await harness.Commit(await harness.SignUp(Phone()), Request);
            var order = new CustomerCommand.PlaceOrder(Guid.CreateVersion7())
            {
                BranchId = Guid.CreateVersion7(), Total = 1m, Fingerprint = new string('0', 64),
                PlacedAt = StoreHarness.Now(),
            };
            var erase = harness.Store.Commit(Erasure(loaded));
            var place = harness.Store.Commit(StoreHarness.Prepare(loaded, order));
            var results = await Task.WhenAll(erase, place);

            results.ShouldBe([CommitResult.Committed, CommitResult.Stale], ignoreOrder: true);
            if (results[0] == CommitResult.Committed) erased++;
            else ordered++;
        }

        (await harness.Database.Query<long>(
            "SELECT count(*) FROM users WHERE deleted_at IS NOT NULL")).ShouldBe(erased);
        (await harness.Database.Query<long>(
            "SELECT count(*) FROM orders o JOIN users u ON u.id = o.user_id AND u.deleted_at IS NULL"))
            .ShouldBe(ordered);
        (await harness.Database.Query<long>("SELECT count(*) FROM orders")).ShouldBe(ordered);
    }

    [Fact]
    public async Task Erasure_Stale_LeavesThePerson()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var loaded = await harness.Commit(await Furnished(harness), Request);
        var cancelled = await harness.Commit(loaded, Cancel);

        (await harness.Store.Commit(Erasure(loaded))).ShouldBe(CommitResult.Stale);

        StoreHarness.Show(await harness.Load(loaded.Customer.Id))
            .ShouldBe(StoreHarness.Show(cancelled.Customer));
    }

    [Fact]
    public async Task Due_GoesThroughAllThatMayRun_PageByPage_AndLeavesOutWhoHasToWait()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var time = new FakeTimeProvider(StoreHarness.Now());
        await using var database = new CustomerDatabase(harness.Database.Service);
        var due = new DueCustomers(database);
        var expected = new List<Guid>();
        for (var i = 0; i < 103; i++)
            expected.Add((await harness.Commit(await harness.SignUp(), Request)).Customer.Id);
        foreach (var waits in (string[])
        [
            "INSERT INTO orders (id, user_id, branch_id, total, customer_snapshot, fingerprint, "
            + "placed_sequence, placed_at, created_at, updated_at) SELECT gen_random_uuid(), '{0}', "
            + "'{0}', 1, '{{}}', sha256(''), 1, now(), now(), now()",
            "INSERT INTO contact_changes (user_id, channel, undo_old, undo_hash, undo_until, updated_at) "
            + "SELECT '{0}', 'phone', '', sha256(''), now() + interval '8 days', now()",
        ])
        {
            var waiting = await harness.Commit(await harness.SignUp(), Request);
            await harness.Database.Execute(
                string.Format(null, waits, waiting.Customer.Id));
        }

        time.Advance(Grace - TimeSpan.FromMinutes(1));
        (await due.Erasures(time.GetUtcNow()).ToListAsync()).ShouldBeEmpty();
        time.Advance(TimeSpan.FromMinutes(2));

        var found = await due.Erasures(time.GetUtcNow()).ToListAsync();
        found.ShouldBe(expected, ignoreOrder: true);
    }

    [Theory]
    [InlineData("UPDATE customer_erasures SET runs_at = requested_at - interval '1 second'",
        "customer_erasures_runs_after")]
    [InlineData("UPDATE privacy_exports SET state = 'lost', expires_at = now()", "privacy_exports_state_known")]
    [InlineData("UPDATE privacy_exports SET document = ''", "privacy_exports_document_when_ready")]
    [InlineData("UPDATE privacy_exports SET expires_at = now()", "privacy_exports_ends_when_made")]
    [InlineData("UPDATE privacy_exports SET attempts = 6", "privacy_exports_attempts_range")]
    [InlineData("INSERT INTO privacy_exports (id, user_id, next_attempt_at, created_at) "
        + "SELECT gen_random_uuid(), user_id, now(), now() FROM privacy_exports",
        "privacy_exports_one_running")]
    public async Task Schema_RefusesWhatTheRulesDo(string change, string constraint)
    {
        await using var harness = await StoreHarness.Create(postgres);
        var loaded = await harness.Commit(await harness.SignUp(), Request);
        await harness.Commit(
            loaded, new CustomerCommand.RequestExport(Guid.CreateVersion7(), null, []));

        var refused = await Should.ThrowAsync<PostgresException>(harness.Database.Execute(change));
        refused.ConstraintName.ShouldBe(constraint);
    }

    private static Task<LoadedCustomer> Erase(StoreHarness harness, LoadedCustomer loaded) =>
        CommitErasure(harness, loaded);

    private static async Task<LoadedCustomer> CommitErasure(
        StoreHarness harness, LoadedCustomer loaded)
    {
        var commit = Erasure(loaded);
        (await harness.Store.Commit(commit)).ShouldBe(CommitResult.Committed);
        return loaded with { Customer = commit.After };
    }

    private static CustomerCommit Erasure(LoadedCustomer loaded) => StoreHarness.Wrap(
        loaded, [new CustomerEvent.Erased(ErasureCause.Requested)], StoreHarness.Now());

    private static async Task<LoadedCustomer> Furnished(StoreHarness harness)
    {
        var loaded = await harness.Commit(await harness.SignUp(Phone()), Rename("Ann"));
        return await harness.Commit(loaded, new CustomerCommand.AddAddress(
            new(Guid.CreateVersion7(), new AddressDetails
            {
                Line1 = "1 Main Street", City = "Lisbon", PostalCode = "1000-001", Country = "PT",
            }), AsDefault: true));
    }

    private static CustomerCommand Rename(string name) =>
        new CustomerCommand.EditProfile { Name = new(name) };

    private static string Phone() =>
        $"+4915{Random.Shared.NextInt64(100_000_000, 999_999_999)}";
}
