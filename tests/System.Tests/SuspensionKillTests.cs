using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>A suspension ends by itself and once, whoever dies when its time is up.</summary>
[Trait("Section", "R1")]
public sealed class SuspensionKillTests
{
    /// <summary>Of one customer each; they end one after the other, also while nobody lives.
    /// </summary>
    private const int Suspensions = 20;

    private static readonly TimeSpan FirstEnd = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan BetweenEnds = TimeSpan.FromMilliseconds(400);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Suspension_WithSilosKilledAcrossItsEnd_IsClosedOnce()
    {
        await using var service = await RunningService.Start(silos: 2);
        var customers = new List<Guest>();
        for (var n = 0; n < Suspensions; n++) customers.Add(await SignUp(service));
        using var admin = await Caller.Of(service.BaseAddress, "uta", Guid.NewGuid());
        var now = TimeProvider.System.GetUtcNow();
        var last = now;
        for (var n = 0; n < Suspensions; n++)
        {
            last = now + FirstEnd + n * BetweenEnds;
            await Suspend(admin, customers[n].Id, last);
        }

        await Until(now + FirstEnd);
        service.KillSilo(0);
        service.KillSilo(1);
        await Until(last);
        await Eventually.Holds("the service is ready", service.IsReady, Cancellation);

        await using var database = await JournalFollower.Open(service);
        await Eventually.Holds(
            "every end is recorded", async () => await Ends(database) >= Suspensions, Cancellation);
        // The killed ones may have written and not told: whoever comes next must find that.
        service.KillSilo(0);
        await Eventually.Holds("the service is ready", service.IsReady, Cancellation);
        foreach (var customer in customers) await CheckIsActive(customer);
        (await Ends(database)).ShouldBe(Suspensions);
        (await JournalFollower.Scalar<long>(
            database, "SELECT count(DISTINCT customer_id) FROM customer_event "
            + "WHERE events LIKE '%\"suspension_ended\"%'")).ShouldBe(Suspensions);
        (await JournalFollower.Scalar<long>(
            database, "SELECT count(*) FROM customer_bars")).ShouldBe(0);
        await JournalFollower.CheckAllArrived(service);
    }

    private static Task<long> Ends(Npgsql.NpgsqlDataSource database) =>
        JournalFollower.Scalar<long>(
            database,
            "SELECT count(*) FROM customer_event WHERE events LIKE '%\"suspension_ended\"%'");

    private static Task Until(DateTimeOffset time) => Eventually.Holds(
        $"it is {time:T}", () => TimeProvider.System.GetUtcNow() >= time, Cancellation);

    private static async Task<Guest> SignUp(RunningService service)
    {
        var caller = new Caller(service.BaseAddress);
        return new Guest(await caller.BeGuest(), caller);
    }

    private static Task Suspend(Caller admin, Guid customer, DateTimeOffset until) =>
        admin.Ask("POST", $"/api/admin/customers/{customer}/block",
            $$"""{"reason_code":"chargeback","kind":"suspended","until":"{{until:O}}"}""");

    private static async Task CheckIsActive(Guest guest)
    {
        (await guest.Caller.Ask("GET", "/api/utc/profile")).GetProperty("account_status")
            .GetString().ShouldBe("temporary", "a guest is a guest again");
        guest.Caller.Dispose();
    }

    private sealed record Guest(Guid Id, Caller Caller);
}
