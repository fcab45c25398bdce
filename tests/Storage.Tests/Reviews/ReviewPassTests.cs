using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Reviews;
using CustomerGrains.Storage.Tests.Customers;
using CustomerGrains.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Reviews;

public sealed class ReviewPassTests(PostgresFixture postgres)
{
    private readonly FakeTimeProvider _time = new(StoreHarness.Now());

    [Fact]
    public async Task Claim_OfManyAtOnce_IsOnes_UntilItsLeaseIsOver()
    {
        await using var test = await postgres.CreateDatabase();
        await using var database = new CustomerDatabase(test.Service);
        var pass = new ReviewPass(database, _time);
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => pass.Claim()));
        var first = claims.Where(c => c is not null).ShouldHaveSingleItem()!;
        first.ReviewedTo.ShouldBe(Guid.Empty);
        var reached = first with { ReviewedTo = Guid.CreateVersion7() };
        (await pass.Advance(reached)).ShouldBeTrue();
        (await pass.Claim()).ShouldBeNull();

        // Its silo was killed: whoever comes next goes on where it was.
        _time.Advance(ReviewPass.Lease);
        var second = (await pass.Claim()).ShouldNotBeNull();
        second.ReviewedTo.ShouldBe(reached.ReviewedTo);
        (await pass.Advance(reached)).ShouldBeFalse("it comes back too late");
        await pass.Finish(reached, TimeSpan.Zero);
        (await pass.Advance(second)).ShouldBeTrue();

        await pass.Finish(second, TimeSpan.FromHours(1));
        _time.Advance(TimeSpan.FromMinutes(59));
        (await pass.Claim()).ShouldBeNull();
        _time.Advance(TimeSpan.FromMinutes(1));
        (await pass.Claim()).ShouldNotBeNull().ReviewedTo.ShouldBe(Guid.Empty);
    }

    [Fact]
    public async Task Restart_TakesThePassFromWhoeverIsAtIt()
    {
        await using var test = await postgres.CreateDatabase();
        await using var database = new CustomerDatabase(test.Service);
        var pass = new ReviewPass(database, _time);
        var first = (await pass.Claim()).ShouldNotBeNull();
        (await pass.Advance(first with { ReviewedTo = Guid.CreateVersion7() })).ShouldBeTrue();

        await pass.Restart(TimeSpan.FromSeconds(4));

        (await pass.Advance(first)).ShouldBeFalse();
        (await pass.Claim()).ShouldBeNull();
        _time.Advance(TimeSpan.FromSeconds(4));
        (await pass.Claim()).ShouldNotBeNull().ReviewedTo.ShouldBe(Guid.Empty);
    }

    [Fact]
    public async Task Read_GivesWhatAReviewLooksAt_OfAllPages()
    {
        await using var harness = await StoreHarness.Create(postgres);
        await using var database = new CustomerDatabase(harness.Database.Service);
        var pass = new ReviewPass(database, _time);
        (await pass.Read(Guid.Empty)).Customers.ShouldBeEmpty();
        var plain = await harness.SignUp();
        var ordered = await harness.SignUp();
        await harness.Database.Execute(
            "UPDATE customer_profiles SET total_orders_count = 4, total_spend = 12.5, "
            + "last_delivered_at = '2026-01-31T12:00:00Z', customer_tier = 'vip', risk_score = 7, "
            + "risk_counts = '{\"merges\": 2}', customer_segment = 'loyal' "
            + $"WHERE user_id = '{ordered.Customer.Id}'");
        var last = await harness.SignUp();

        var customers = (await pass.Read(Guid.Empty)).Customers;

        customers.Select(c => c.Id).ShouldBe([ordered.Customer.Id, last.Customer.Id]);
        var expected = (await harness.Load(ordered.Customer.Id));
        customers[0].Profile.TotalSpend.ShouldBe(12.5m);
        customers[0].Profile.LastDeliveredAt.ShouldBe(expected.Profile.LastDeliveredAt);
        customers[0].Profile.Tier.ShouldBe(CustomerTier.Vip);
        customers[0].Profile.Segment.ShouldBe("loyal");
        customers[0].Standing.Risks.ShouldBe(expected.Standing.Risks);
        customers[0].Standing.RiskScore.ShouldBe(7);
        (await pass.Read(last.Customer.Id)).Customers.ShouldBeEmpty();
        await harness.Database.Execute(
            $"UPDATE users SET deleted_at = now() WHERE id = '{plain.Customer.Id}'");
        (await pass.Living([plain.Customer.Id, last.Customer.Id, Guid.CreateVersion7()]))
            .ShouldBe([last.Customer.Id]);
    }

    [Fact]
    public async Task Count_IsBySegmentAndTierOfTheLiving()
    {
        await using var harness = await StoreHarness.Create(postgres);
        await using var database = new CustomerDatabase(harness.Database.Service);
        for (var i = 0; i < 3; i++) await harness.SignUp();
        var gone = await harness.SignUp();
        await harness.Database.Execute(
            $"UPDATE users SET deleted_at = now() WHERE id = '{gone.Customer.Id}'");
        var segments = new SegmentCounter(database, _time);

        (await segments.Count()).ShouldBe([new("general", "new", 3)]);
        await harness.SignUp();
        (await segments.Count()).ShouldBe([new("general", "new", 3)]);
        _time.Advance(SegmentCounter.StalenessMax);
        (await segments.Count()).ShouldBe([new("general", "new", 4)]);
    }
}
