using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Customers;
using CustomerGrains.Grains.Tests.Orders;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Customers;

/// <summary>Idle guests, across time, restarts and silos' timers.</summary>
public sealed class GuestTests(PostgresFixture postgres) : OrderWorldTests(postgres)
{
    private static readonly TimeSpan Idle = TimeSpan.FromDays(30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Guest_IsForgottenAfterTheIdleTime_AlsoAfterARestart(bool restarts)
    {
        var guest = await Guest();
        var (customer, _) = await World.SignUp();
        if (restarts) await World.Silo.Forget(guest);
        World.Silo.Time.Advance(Idle - TimeSpan.FromMilliseconds(1));
        (await Run()).ShouldBe(0);
        World.Silo.Time.Advance(TimeSpan.FromMilliseconds(1));

        (await Run()).ShouldBe(1);

        (await Profile(guest)).ShouldBe(ReplyCode.CustomerUnknown);
        (await Profile(customer)).ShouldBe(ReplyCode.Ok);
        (await Query<string>(
            $"SELECT concat_ws(' ', name, phone, deleted_at IS NOT NULL) FROM users WHERE id = '{guest}'"))
            .ShouldBe("t");
        (await Query<long>(
            $"SELECT count(*) FROM addresses WHERE user_id = '{guest}' AND (deleted_at IS NULL OR city IS NOT NULL OR latitude IS NOT NULL)"))
            .ShouldBe(0);
        (await Query<long>($"SELECT count(*) FROM customer_data_keys WHERE user_id = '{guest}'"))
            .ShouldBe(0);
        (await Query<string>(
            $"SELECT events::jsonb -> 0 ->> 'kind' FROM customer_event WHERE customer_id = '{guest}' ORDER BY sequence DESC LIMIT 1"))
            .ShouldBe("erased");
        (await Run()).ShouldBe(0);
    }

    [Fact]
    public async Task Guest_IsForgottenOnce_HoweverManySilosLook()
    {
        for (var i = 0; i < 5; i++) await Guest();
        World.Silo.Time.Advance(Idle);
        await Task.WhenAll(Run(), Run(), Run());
        (await Query<long>("SELECT count(*) FROM customer_event WHERE events LIKE '%idle_guest%'"))
            .ShouldBe(5);
    }

    [Fact]
    public async Task Guest_WithAnOrderUnderWay_StaysUntilItEnds()
    {
        var guest = await Guest();
        var draft = OrderWorld.Draft(guest, null) with { Contact = new("Ann", "+4915112345678") };
        (await World.Customer(guest).PlaceOrder(draft, World.System())).Code
            .ShouldBe(ReplyCode.Created);
        World.Silo.Time.Advance(Idle);
        (await Run()).ShouldBe(0);
        await World.Deliver(guest, draft.OrderId);
        (await Run()).ShouldBe(0, "the delivery is a sign of life");
        World.Silo.Time.Advance(Idle);
        (await Run()).ShouldBe(1);
        (await Query<long>("SELECT count(*) FROM orders WHERE status = 'delivered'")).ShouldBe(1);
    }

    [Fact]
    public async Task Guest_WhoComesBackAtTheSameMoment_IsEitherGoneOrStays()
    {
        for (var round = 0; round < 10; round++)
        {
            var guest = await Guest();
            World.Silo.Time.Advance(Idle);
            var edit = World.Customer(guest).EditProfile(
                new ProfileEdit { Name = Patch<string>.To("Back") }, World.Own(guest));
            var run = Run();
            var stayed = (await edit).Code == ReplyCode.Ok;
            await run;
            (await Profile(guest)).ShouldBe(stayed ? ReplyCode.Ok : ReplyCode.CustomerUnknown);
            (await Query<bool>($"SELECT deleted_at IS NULL FROM users WHERE id = '{guest}'"))
                .ShouldBe(stayed);
            World.Silo.Time.Advance(Idle);
            await Run();
        }
    }

    /// <summary>With a name and an address.</summary>
    private async Task<Guid> Guest()
    {
        var id = Guid.CreateVersion7();
        (await World.Customer(id).SignUp(null, World.Own(id))).Code.ShouldBe(ReplyCode.Ok);
        await World.Customer(id).EditProfile(
            new ProfileEdit { Name = Patch<string>.To("Ann") }, World.Own(id));
        var place = new AddressEdit
        {
            City = Patch<string>.To("Lisbon"),
            Latitude = Patch<decimal?>.To(38.7m),
            Longitude = Patch<decimal?>.To(-9.1m),
        };
        (await World.Customer(id).AddAddress(Guid.CreateVersion7(), place, World.Own(id))).Code
            .ShouldBe(ReplyCode.Ok);
        return id;
    }

    private Task<int> Run() =>
        World.Silo.Service<DueCommands>().ForgetGuests(CancellationToken.None);

    private async Task<ReplyCode> Profile(Guid customer) =>
        (await World.Customer(customer).GetProfile(World.Own(customer).Caller)).Code;

    private Task<T> Query<T>(string statement) => World.Silo.Database.Query<T>(statement);
}
