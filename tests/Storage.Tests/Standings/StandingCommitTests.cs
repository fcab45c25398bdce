using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Tests.Customers;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Standings;

public sealed class StandingCommitTests(PostgresFixture postgres)
{
    private static readonly CustomerRules OnlyNames = new()
    {
        Completion = new(2, new Dictionary<string, int> { ["name"] = 100 }),
        Risk = new(3, new Dictionary<RiskSign, RiskWeight>
        {
            [RiskSign.AddressChanges] = new(10, 0, 50),
            [RiskSign.UnderageOrders] = new(20, 0, 50),
        }),
    };

    [Fact]
    public async Task Load_AfterEveryStep_ReadsBackWhatWasInMemoryAndWhatTheJournalFoldsTo()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var loaded = await harness.SignUp();
        var address = Guid.CreateVersion7();
        foreach (var command in (CustomerCommand[])
        [
            new CustomerCommand.Verify(true, "Passport", null, Guid.CreateVersion7()),
            new CustomerCommand.EditProfile { Name = new("Ann") },
            new CustomerCommand.AddAddress(
                new(address, new AddressDetails
                {
                    Line1 = "1 Main Street",
                    City = "Lisbon",
                    PostalCode = "1000-001",
                    Country = "PT",
                }), AsDefault: false),
            new CustomerCommand.RemoveAddress(address),
            new CustomerCommand.Verify(false, null, "Forged.", Guid.CreateVersion7()),
        ])
        {
            loaded = await harness.Commit(loaded, command with { Rules = OnlyNames });
            await ReadsBack(harness, loaded);
        }

        loaded.Customer.Standing.Rewards.ShouldHaveSingleItem().Code.ShouldBe("profile-complete");
        loaded.Customer.Standing.RiskScore.ShouldBe(10);
        (await harness.Database.Query<string>(
            "SELECT risk_score || ' ' || risk_counts || ' ' || is_verified FROM customer_profiles"))
            .ShouldBe("""10 {"address-changes": 1} false""");
    }

    [Fact]
    public async Task RefusedForAge_IsStoredOnceADay()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var loaded = await harness.SignUp($"+4915{Random.Shared.NextInt64(1_000_000_000)}");
        loaded = await harness.Commit(loaded, new CustomerCommand.EditProfile
        {
            DateOfBirth = new(DateOnly.FromDateTime(DateTime.UtcNow).AddYears(-10)),
        });
        var now = StoreHarness.Now();
        var decision = loaded.Customer.Decide(Underage(), now);

        (await harness.Store.Commit(StoreHarness.Wrap(loaded, decision.Events, now)))
            .ShouldBe(CommitResult.Committed);

        loaded = loaded with { Customer = loaded.Customer.After(decision.Events, now) };
        await ReadsBack(harness, loaded);
        (await harness.Load(loaded.Customer.Id)).Decide(Underage(), now).Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reward_AtBirth_IsStored()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var born = await harness.Commit(
            StoreHarness.Unborn(),
            new CustomerCommand.Import("Ann", null, null, null, []) with { Rules = OnlyNames });

        born.Customer.Standing.Rewards.ShouldNotBeEmpty();
        await ReadsBack(harness, born);
    }

    [Fact]
    public async Task Stale_LeavesTheStandingAlone()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var loaded = await harness.SignUp();
        await harness.Commit(loaded, new CustomerCommand.RecordActivity([]));

        var late = StoreHarness.Prepare(loaded, new CustomerCommand.EditProfile
        {
            Name = new("Ann"),
        } with { Rules = OnlyNames });
        (await harness.Store.Commit(late)).ShouldBe(CommitResult.Stale);

        (await harness.Load(loaded.Customer.Id)).Standing.ShouldBe(Standing.Fresh);
    }

    [Fact]
    public async Task MostRewardsAndSigns_FitTheSchema()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var loaded = await harness.SignUp();
        var commit = StoreHarness.Prepare(loaded, new CustomerCommand.RecordActivity([]));
        var after = commit.After with
        {
            Standing = new Standing
            {
                RiskScore = RiskRules.ScoreMax,
                Risks = RiskCounts.From(Enum.GetValues<RiskSign>()
                    .Select(s => KeyValuePair.Create(s, Domain.Limits.RiskCountMax))),
                Rewards = [new(Reward.ProfileComplete, commit.At)],
            },
        };

        (await harness.Store.Commit(commit with { After = after })).ShouldBe(CommitResult.Committed);
        StoreHarness.Show(await harness.Load(after.Id)).ShouldBe(StoreHarness.Show(after));
    }

    [Theory]
    [InlineData("risk_score = 101", "customer_profiles_risk_range")]
    [InlineData("risk_counts = '[]'", "customer_profiles_risk_counts_size")]
    [InlineData("rewards = '{}'", "customer_profiles_rewards_size")]
    public async Task Schema_RefusesWhatTheRulesDo(string change, string constraint)
    {
        await using var harness = await StoreHarness.Create(postgres);
        await harness.SignUp();
        var refused = await Should.ThrowAsync<PostgresException>(
            harness.Database.Execute($"UPDATE customer_profiles SET {change}"));
        refused.ConstraintName.ShouldBe(constraint);
    }

    [Theory]
    [InlineData("utc", "customer_tier", true)]
    [InlineData("utc", "risk_score", false)]
    [InlineData("utc", "risk_counts", false)]
    [InlineData("utc", "underage_order_on", false)]
    [InlineData("uta", "risk_score", true)]
    public async Task Risk_IsNotTheCustomersToRead(string role, string column, bool may)
    {
        await using var harness = await StoreHarness.Create(postgres);
        (await harness.Database.Query<bool>(
            $"SELECT has_column_privilege('{role}', 'customer_profiles', '{column}', 'SELECT')"))
            .ShouldBe(may);
    }

    private static async Task ReadsBack(StoreHarness harness, LoadedCustomer loaded)
    {
        var expected = StoreHarness.Show(loaded.Customer);
        StoreHarness.Show(await harness.Load(loaded.Customer.Id)).ShouldBe(expected);
        StoreHarness.Show(await harness.Fold(loaded)).ShouldBe(expected);
    }

    private static CustomerCommand Underage() =>
        new CustomerCommand.PlaceOrder(Guid.CreateVersion7())
        {
            Categories = CategoryNames.From(["alcohol"]),
            Ages = new(CategoryAges.Unrestricted.MinimumAges.Add("alcohol", 18)),
            Rules = OnlyNames,
        };
}
