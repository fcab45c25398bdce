using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Domain.SignIn;
using CustomerGrains.Storage.Courier;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.SignIn;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Customers;

[Trait("Section", "S4")]
public sealed class ContactChangeTests(PostgresFixture postgres)
{
    private const string OldPhone = "+4915112345678";
    private const string NewPhone = "+4915187654321";

    [Fact]
    public async Task Load_AfterEveryStepOfAChange_ReadsBackWhatWasInMemory()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var changes = new Changes(harness.Keys);
        var loaded = await harness.SignUp(OldPhone);
        var start = StoreHarness.Now();
        Guid first = Guid.CreateVersion7(), second = Guid.CreateVersion7(), email = Guid.CreateVersion7();
        foreach (var (command, minute) in ((CustomerCommand, int)[])
        [
            (changes.Request(first, NewPhone), 0),
            (changes.Verify(first, right: false), 1),
            (changes.Resend(first), 2),
            (changes.Request(second, NewPhone), 5),
            (changes.Verify(second, right: false), 6),
            (changes.Request(email, "ada@example.com", ContactChannel.Email), 7),
            (Changes.Cancel(email), 8),
            (changes.Verify(second), 9),
        ])
        {
            loaded = await Step(harness, loaded, command, start.AddMinutes(minute));
        }

        loaded.Customer.Phone.ShouldBe(NewPhone);
        loaded = await Step(
            harness, loaded, Changes.Undo(loaded.Customer), start.AddMinutes(10));
        loaded.Customer.Phone.ShouldBe(OldPhone);
        (await harness.Store.FindFormerChange(loaded.Customer.Id, first))
            .ShouldBe(FormerChange.Dropped);
        (await harness.Store.FindFormerChange(loaded.Customer.Id, second))
            .ShouldBe(FormerChange.Used);
        (await harness.Store.FindFormerChange(loaded.Customer.Id, Guid.CreateVersion7()))
            .ShouldBe(FormerChange.Unknown);
        (await harness.Store.FindFormerChange(Guid.CreateVersion7(), second))
            .ShouldBe(FormerChange.Unknown);
    }

    [Fact]
    public async Task Commit_OfAChange_KeepsContactsAndHashesOutOfReach()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var (loaded, _) = await Change(harness, OldPhone, NewPhone);
        foreach (var table in (string[])
            ["users", "otps", "contact_changes", "contact_reservations", "customer_event"])
        {
            var dump = await harness.Database.Query<string>(
                $"SELECT string_agg(t::text, ' ') FROM {table} t");
            dump.ShouldNotContain("15112345678");
            dump.ShouldNotContain("15187654321");
        }

        var journal = await harness.Database.Query<string>(
            "SELECT string_agg(events, ' ') FROM customer_event");
        journal.ShouldNotContain("hash");
        journal.ShouldNotContain("bytes");
        var opened = await harness.Fold(loaded);
        opened.PhoneChanges.Undo!.Token.ShouldBeNull();
    }

    [Fact]
    public async Task TwoCustomers_RacingForOnePhone_GiveOneOwnerAndACleanLoser()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var changes = new Changes(harness.Keys);
        var pairs = await Task.WhenAll(Enumerable.Range(0, 500).Select(Pair));
        foreach (var rivals in pairs)
        {
            var commits = rivals
                .Select(r => StoreHarness.Prepare(
                    r, changes.Verify(r.Customer.PhoneChanges.Pending!.Id)))
                .ToArray();
            var results = await Task.WhenAll(commits.Select(harness.Store.Commit));

            results.ShouldBe(
                [CommitResult.Committed, CommitResult.ContactTaken], ignoreOrder: true);
            var loser = rivals[Array.IndexOf(results, CommitResult.ContactTaken)];
            StoreHarness.Show(await harness.Load(loser.Customer.Id))
                .ShouldBe(StoreHarness.Show(loser.Customer));
        }

        (await harness.Database.Query<long>("SELECT count(*) FROM users WHERE phone IS NOT NULL"))
            .ShouldBe(500);

        Task<LoadedCustomer[]> Pair(int round)
        {
            var phone = $"+4915100{round:D6}";
            return Task.WhenAll(Rival(phone), Rival(phone));
        }

        async Task<LoadedCustomer> Rival(string phone) => await harness.Commit(
            await harness.SignUp(), changes.Request(Guid.CreateVersion7(), phone));
    }

    [Fact]
    public async Task OldContact_IsKeptForItsOwnerUntilTheUndoIsOver()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var changes = new Changes(harness.Keys);
        var (owner, _) = await Change(harness, OldPhone, NewPhone);
        var now = StoreHarness.Now();

        var newcomer = StoreHarness.Prepare(StoreHarness.Unborn(),
            new CustomerCommand.SignUp(ContactChannel.Phone, OldPhone));
        (await harness.Store.Commit(newcomer)).ShouldBe(CommitResult.ContactReserved);
        var other = await harness.Commit(
            await harness.SignUp(), changes.Request(Guid.CreateVersion7(), OldPhone));
        var claim = changes.Verify(other.Customer.PhoneChanges.Pending!.Id);
        (await harness.Store.Commit(StoreHarness.Prepare(other, claim)))
            .ShouldBe(CommitResult.ContactReserved);
        (await harness.Load(other.Customer.Id)).Phone.ShouldBeNull();

        var late = now + Limits.UndoWindow;
        var signUp = new CustomerCommand.SignUp(ContactChannel.Phone, OldPhone);
        var unborn = StoreHarness.Unborn();
        (await harness.Store.Commit(StoreHarness.Wrap(
            unborn, unborn.Customer.Decide(signUp, late).Events, late)))
            .ShouldBe(CommitResult.Committed);
        (await harness.Load(owner.Customer.Id)).Phone.ShouldBe(NewPhone);
    }

    [Fact]
    public async Task ClaimBesideTheChangeThatFreesTheContact_NeverSlipsThrough()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var changes = new Changes(harness.Keys);
        for (var round = 0; round < 200; round++)
        {
            var (old, next) = ($"+4915200{round:D6}", $"+4915300{round:D6}");
            var id = Guid.CreateVersion7();
            var owner = await harness.Commit(
                await harness.SignUp(old), changes.Request(id, next));
            var leave = harness.Store.Commit(StoreHarness.Prepare(owner, changes.Verify(id)));
            var claims = Enumerable.Range(0, 4).Select(_ => harness.Store.Commit(
                StoreHarness.Prepare(
                    StoreHarness.Unborn(),
                    new CustomerCommand.SignUp(ContactChannel.Phone, old)))).ToArray();

            (await leave).ShouldBe(CommitResult.Committed);
            foreach (var claim in await Task.WhenAll(claims))
                claim.ShouldNotBe(CommitResult.Committed);
        }
    }

    [Fact]
    public async Task Commit_ClaimingAReservedContactAmongMany_FailsAlone()
    {
        await using var harness = await StoreHarness.Create(postgres);
        await Change(harness, OldPhone, NewPhone);
        var commits = Enumerable.Range(0, 100).Select(i => StoreHarness.Prepare(
            StoreHarness.Unborn(),
            new CustomerCommand.SignUp(
                ContactChannel.Phone, i == 42 ? OldPhone : $"+4915400{i:D6}"))).ToArray();

        var results = await Task.WhenAll(commits.Select(harness.Store.Commit));

        results[42].ShouldBe(CommitResult.ContactReserved);
        results.Count(r => r == CommitResult.Committed).ShouldBe(99);
    }

    [Fact]
    public async Task Undo_FreesTheNewContact_AndRevokesEveryToken()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var tokens = new RefreshTokenStore(
            harness.Database.AsService, new CryptographicRandom(), TimeProvider.System);
        var (owner, _) = await Change(harness, OldPhone, NewPhone);
        var token = await tokens.Issue(owner.Customer.Id);
        var bystander = await harness.SignUp();
        var other = await tokens.Issue(bystander.Customer.Id);

        var undone = await harness.Commit(owner, Changes.Undo(owner.Customer));

        undone.Customer.Phone.ShouldBe(OldPhone);
        (await harness.Load(owner.Customer.Id)).TokensValidAfter
            .ShouldBe(undone.Customer.TokensValidAfter);
        (await tokens.Exchange(token)).ShouldBeNull();
        (await tokens.Exchange(other)).ShouldNotBeNull();
        (await harness.Database.Query<long>("SELECT count(*) FROM contact_reservations"))
            .ShouldBe(0);
        await harness.SignUp(NewPhone);
    }

    [Fact]
    public async Task Undo_BesideARefresh_LeavesNoTokenAlive()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var tokens = new RefreshTokenStore(
            harness.Database.AsService, new CryptographicRandom(), TimeProvider.System);
        for (var round = 0; round < 50; round++)
        {
            var (owner, _) = await Change(
                harness, $"+4915500{round:D6}", $"+4915600{round:D6}");
            var token = await tokens.Issue(owner.Customer.Id);
            var undo = StoreHarness.Prepare(owner, Changes.Undo(owner.Customer));

            var exchanging = tokens.Exchange(token);
            (await harness.Store.Commit(undo)).ShouldBe(CommitResult.Committed);

            if (await exchanging is { } next) (await tokens.Exchange(next.Token!)).ShouldBeNull();
            (await harness.Database.Query<long>(
                "SELECT count(*) FROM refresh_tokens WHERE revoked_at IS NULL")).ShouldBe(0);
        }
    }

    [Fact]
    public async Task Guesses_WithARestartBeforeEveryMove_NeverExceedTheBudget()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var changes = new Changes(harness.Keys);
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var loaded = await harness.SignUp(OldPhone);
        var now = StoreHarness.Now();
        var change = Guid.Empty;
        var failures = new List<DateTimeOffset>();
        for (var move = 0; move < 600; move++)
        {
            now += TimeSpan.FromSeconds(random.Next(0, 400));
            loaded = (await harness.Store.Load(loaded.Customer.Id)).ShouldNotBeNull();
            var next = Guid.CreateVersion7();
            CustomerCommand command = random.Next(8) switch
            {
                0 => changes.Request(next, $"+49157{move:D8}"),
                1 => changes.Resend(change),
                2 => Changes.Cancel(change),
                _ => changes.Verify(change, right: false),
            };
            var decision = loaded.Customer.Decide(command, now);
            if (decision.Events.IsEmpty) continue;
            if (decision.Refusal == Refusal.OtpWrong) failures.Add(now);
            if (command is CustomerCommand.RequestContactChange) change = next;
            (await harness.Store.Commit(StoreHarness.Wrap(loaded, decision.Events, now)))
                .ShouldBe(CommitResult.Committed);
            failures.Count(f => now - f < SignInLimits.FailureWindow)
                .ShouldBeLessThanOrEqualTo(Limits.ContactFailuresMax, $"seed {seed}");
        }

        failures.Count.ShouldBeGreaterThan(Limits.ContactFailuresMax, $"seed {seed}");
    }

    [Fact]
    public async Task Messages_GoWithTheCommitOrNotAtAll()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var changes = new Changes(harness.Keys);
        var loaded = await harness.SignUp(OldPhone);
        var commit = StoreHarness.Prepare(loaded, changes.Request(Guid.CreateVersion7(), NewPhone));
        var contact = new Contact(ContactChannel.Phone, NewPhone);
        var message = CourierMessage.WithCode(contact, CodePurpose.ProfileUpdate, "123456");
        commit = commit with
        {
            Messages = [new(Guid.CreateVersion7(), message, commit.At.AddMinutes(10))],
        };

        (await harness.Store.Commit(commit)).ShouldBe(CommitResult.Committed);
        (await harness.Store.Commit(commit)).ShouldBe(CommitResult.Stale);

        (await harness.Database.Query<long>("SELECT count(*) FROM courier_messages")).ShouldBe(1);
        (await harness.Database.Query<string>("SELECT string_agg(m::text, '') FROM courier_messages m"))
            .ShouldNotContain("123456");
    }

    private static async Task<LoadedCustomer> Step(
        StoreHarness harness, LoadedCustomer loaded, CustomerCommand command, DateTimeOffset at)
    {
        var decision = loaded.Customer.Decide(command, at);
        decision.Events.ShouldNotBeEmpty(decision.Refusal?.ToString());
        var commit = StoreHarness.Wrap(loaded, decision.Events, at);
        (await harness.Store.Commit(commit)).ShouldBe(CommitResult.Committed);
        var expected = StoreHarness.Show(commit.After);
        var id = commit.After.Id;
        StoreHarness.Show(await harness.Load(id)).ShouldBe(expected, command.GetType().Name);
        StoreHarness.Show(await harness.Fold(loaded))
            .ShouldBe(StoreHarness.Show(Changes.WithoutSecrets(commit.After)));
        return loaded with { Customer = commit.After };
    }

    /// <summary>A customer who has just changed the phone.</summary>
    private static async Task<(LoadedCustomer Loaded, Guid ChangeId)> Change(
        StoreHarness harness, string from, string to)
    {
        var changes = new Changes(harness.Keys);
        var id = Guid.CreateVersion7();
        var loaded = await harness.Commit(await harness.SignUp(from), changes.Request(id, to));
        return (await harness.Commit(loaded, changes.Verify(id)), id);
    }
}
