using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Customers;

public sealed class CommitTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Load_AfterEveryKindOfCommand_ReadsBackWhatWasInMemoryAndWhatTheJournalFoldsTo()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var loaded = await harness.SignUp("+4915112345678");
        Guid first = Guid.CreateVersion7(), second = Guid.CreateVersion7(), media = Guid.CreateVersion7();
        foreach (var command in (CustomerCommand[])
        [
            new CustomerCommand.SignIn(ContactChannel.Phone, "+4915112345678"),
            new CustomerCommand.AddMedia(media, "image/png", 1024),
            new CustomerCommand.EditProfile
            {
                Name = new("Zoë Ångström 李"),
                Gender = new(Gender.Other),
                DateOfBirth = new(new DateOnly(1988, 2, 29)),
                PreferredLanguage = new("pt-BR"),
                AvatarMediaId = new(media),
                Preferences = new([new("sms", false), new("whatsapp", true)]),
            },
            new CustomerCommand.AddAddress(new(first, Details("Home")), AsDefault: false),
            new CustomerCommand.AddAddress(new(second, Located()), AsDefault: true),
            new CustomerCommand.EditAddress(first, new() { City = new("Porto"), Line2 = new("2nd floor") }),
            new CustomerCommand.SetDefaultAddress(first),
            new CustomerCommand.RemoveAddress(first),
        ])
        {
            loaded = await harness.Commit(loaded, command);
            var expected = StoreHarness.Show(loaded.Customer);
            StoreHarness.Show(await harness.Load(loaded.Customer.Id)).ShouldBe(expected);
            StoreHarness.Show(await harness.Fold(loaded)).ShouldBe(expected);
        }

        loaded.Customer.DefaultAddressId.ShouldBe(second);
    }

    [Fact]
    public async Task Commit_OnAVersionThatIsGone_IsStaleAndLeavesNothing()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var old = await harness.SignUp();
        var current = await harness.Commit(old, Rename("first"));

        var late = StoreHarness.Prepare(old, new CustomerCommand.AddAddress(
            new(Guid.CreateVersion7(), Details("Late")), AsDefault: true));
        (await harness.Store.Commit(late)).ShouldBe(CommitResult.Stale);

        StoreHarness.Show(await harness.Load(old.Customer.Id))
            .ShouldBe(StoreHarness.Show(current.Customer));
        (await harness.Database.Query<long>("SELECT count(*) FROM addresses")).ShouldBe(0);
        (await harness.Database.Query<long>("SELECT count(*) FROM customer_event")).ShouldBe(2);
    }

    [Fact]
    public async Task SignUp_WithATakenPhone_IsRefusedAndTheOwnerKeepsIt()
    {
        await using var harness = await StoreHarness.Create(postgres);
        await harness.SignUp("+4915112345679");

        var second = StoreHarness.Prepare(
            StoreHarness.Unborn(), new CustomerCommand.SignUp(ContactChannel.Phone, "+4915112345679"));
        (await harness.Store.Commit(second)).ShouldBe(CommitResult.ContactTaken);

        (await harness.Store.Load(second.After.Id)).ShouldBeNull();
    }

    [Fact]
    public async Task SignUp_ManyAtOnceWithOnePhone_GivesExactlyOneOwner()
    {
        await using var harness = await StoreHarness.Create(postgres);
        for (var round = 0; round < 20; round++)
        {
            var phone = $"+49151000{round:D5}";
            var results = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ =>
                harness.Store.Commit(StoreHarness.Prepare(
                    StoreHarness.Unborn(),
                    new CustomerCommand.SignUp(ContactChannel.Phone, phone)))));
            results.Count(r => r == CommitResult.Committed).ShouldBe(1);
            results.Count(r => r == CommitResult.ContactTaken).ShouldBe(31);
        }

        (await harness.Database.Query<long>("SELECT count(*) FROM users")).ShouldBe(20);
    }

    [Fact]
    public async Task Commit_OneBadRowAmongTwoHundred_FailsAlone()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var customers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => harness.SignUp()));
        // PostgreSQL text holds no NUL; the domain refuses one, so this is what a defect looks like.
        var commits = customers
            .Select((c, i) => StoreHarness.Prepare(c, Rename(i == 77 ? "a\0b" : $"name {i}")))
            .ToArray();

        var results = commits.Select(harness.Store.Commit).ToArray();
        var defect = await Should.ThrowAsync<InvalidOperationException>(results[77]);
        defect.Message.ShouldContain("22021");
        for (var i = 0; i < results.Length; i++)
            if (i != 77) (await results[i]).ShouldBe(CommitResult.Committed);

        (await harness.Database.Query<long>("SELECT count(*) FROM users WHERE version = 2"))
            .ShouldBe(199);
    }

    [Fact]
    public async Task Commit_OfOneCustomerTwiceAtOnce_LetsOnePass()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var loaded = await harness.SignUp();
        for (var round = 0; round < 50; round++)
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(i =>
                harness.Store.Commit(StoreHarness.Prepare(loaded, Rename($"round {round}.{i}")))));
            results.Count(r => r == CommitResult.Committed).ShouldBe(1);
            loaded = loaded with { Customer = await harness.Load(loaded.Customer.Id) };
        }

        StoreHarness.Show(await harness.Fold(loaded)).ShouldBe(StoreHarness.Show(loaded.Customer));
    }

    [Fact]
    public async Task FindStoredReply_AfterACommitWithAKey_AnswersTheFirstReply()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var loaded = await harness.SignUp();
        byte[] scope = [.. Enumerable.Repeat((byte)7, 32)], print = [.. Enumerable.Repeat((byte)9, 32)];
        var reply = new StoredReply(scope, print, 0, 2, "{\"name\":\"Ann\"}"u8.ToArray());
        var commit = StoreHarness.Prepare(loaded, Rename("Ann"), reply);
        (await harness.Store.Commit(commit)).ShouldBe(CommitResult.Committed);

        var found = (await harness.Store.FindStoredReply(loaded.Key, scope)).ShouldNotBeNull();
        found.Body.ShouldBe(reply.Body);
        found.Fingerprint.ShouldBe(print);
        found.Version.ShouldBe(2);
        (await harness.Store.FindStoredReply(loaded.Key, print)).ShouldBeNull();
    }

    [Fact]
    public async Task Commit_ToFullDatabaseTables_KeepsPersonalValuesSealed()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var loaded = await harness.SignUp("+4915199998888");
        loaded = await harness.Commit(loaded, new CustomerCommand.EditProfile
        {
            Name = new("Canary Name"),
            DateOfBirth = new(new DateOnly(1971, 3, 14)),
        });
        await harness.Commit(loaded, new CustomerCommand.AddAddress(
            new(Guid.CreateVersion7(), Details("Canary Label")), AsDefault: true));

        // Name, label, city and coordinates stay in clear in live rows only; never in the journal.
        var journal = await harness.Database.Query<string>(
            "SELECT string_agg(events || encode(coalesce(personal, ''), 'escape'), ' ') FROM customer_event");
        foreach (var secret in (string[])["Canary", "15199998888", "1971-03-14", "Main Street", "Lisbon"])
            journal.ShouldNotContain(secret);
        var live = await harness.Database.Query<string>(
            "SELECT string_agg(u::text || p::text || a::text, ' ') FROM users u " +
            "JOIN customer_profiles p ON p.user_id = u.id JOIN addresses a ON a.user_id = u.id");
        foreach (var secret in (string[])["15199998888", "1971-03-14", "Main Street"])
            live.ShouldNotContain(secret);
        live.ShouldContain("Canary Name");
    }

    private static CustomerCommand Rename(string name) =>
        new CustomerCommand.EditProfile { Name = new(name) };

    private static AddressDetails Details(string label) => new()
    {
        Label = label,
        Line1 = "1 Main Street",
        City = "Lisbon",
        PostalCode = "1000-001",
        Country = "PT",
    };

    private static AddressDetails Located() => new()
    {
        Country = "PT",
        Latitude = AddressDetails.Degrees(38.71670m),
        Longitude = AddressDetails.Degrees(-9.1333m),
    };
}
