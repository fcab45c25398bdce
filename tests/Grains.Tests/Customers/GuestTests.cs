using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Customers;
using CustomerGrains.Grains.Tests.Orders;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Customers;

/// <summary>Idle guests, across time, restarts and silos' timers.</summary>
public sealed class GuestTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly TimeSpan Idle = TimeSpan.FromDays(30);

    private OrderWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await OrderWorld.Create(postgres);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Guest_IsForgottenAfterTheIdleTime_AlsoAfterARestart(bool restarts)
    {
        var guest = await Guest();
        var (customer, _) = await _world.SignUp();
        if (restarts) await _world.Silo.Forget(guest);
        _world.Silo.Time.Advance(Idle - TimeSpan.FromMilliseconds(1));
        (await Run()).ShouldBe(0);
        _world.Silo.Time.Advance(TimeSpan.FromMilliseconds(1));

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
        _world.Silo.Time.Advance(Idle);
        await Task.WhenAll(Run(), Run(), Run());
        (await Query<long>("SELECT count(*) FROM customer_event WHERE events LIKE '%idle_guest%'"))
            .ShouldBe(5);
    }

    [Fact]
    public async Task Guest_WithAnOrderUnderWay_StaysUntilItEnds()
    {
        var guest = await Guest();
        var draft = OrderWorld.Draft(guest, null) with { Contact = new("Ann", "+4915112345678") };
        (await _world.Customer(guest).PlaceOrder(draft, _world.System())).Code
            .ShouldBe(ReplyCode.Created);
        _world.Silo.Time.Advance(Idle);
        (await Run()).ShouldBe(0);
        await _world.Deliver(guest, draft.OrderId);
        (await Run()).ShouldBe(0, "the delivery is a sign of life");
        _world.Silo.Time.Advance(Idle);
        (await Run()).ShouldBe(1);
        (await Query<long>("SELECT count(*) FROM orders WHERE status = 'delivered'")).ShouldBe(1);
    }

    [Fact]
    public async Task Guest_WhoComesBackAtTheSameMoment_IsEitherGoneOrStays()
    {
        for (var round = 0; round < 10; round++)
        {
            var guest = await Guest();
            _world.Silo.Time.Advance(Idle);
            var edit = _world.Customer(guest).EditProfile(
                new ProfileEdit { Name = Patch<string>.To("Back") }, _world.Own(guest));
            var run = Run();
            var stayed = (await edit).Code == ReplyCode.Ok;
            await run;
            (await Profile(guest)).ShouldBe(stayed ? ReplyCode.Ok : ReplyCode.CustomerUnknown);
            (await Query<bool>($"SELECT deleted_at IS NULL FROM users WHERE id = '{guest}'"))
                .ShouldBe(stayed);
            _world.Silo.Time.Advance(Idle);
            await Run();
        }
    }

    /// <summary>With a name and an address.</summary>
    private async Task<Guid> Guest()
    {
        var id = Guid.CreateVersion7();
        (await _world.Customer(id).SignUp(null, _world.Own(id))).Code.ShouldBe(ReplyCode.Ok);
        await _world.Customer(id).EditProfile(
            new ProfileEdit { Name = Patch<string>.To("Ann") }, _world.Own(id));
        var place = new AddressEdit
        {
            City = Patch<string>.To("Lisbon"),
            Latitude = Patch<decimal?>.To(38.7m),
            Longitude = Patch<decimal?>.To(-9.1m),
        };
        (await _world.Customer(id).AddAddress(Guid.CreateVersion7(), place, _world.Own(id))).Code
            .ShouldBe(ReplyCode.Ok);
        return id;
    }

    private Task<int> Run() =>
        _world.Silo.Service<DueCommands>().ForgetGuests(CancellationToken.None);

    private async Task<ReplyCode> Profile(Guid customer) =>
        (await _world.Customer(customer).GetProfile(_world.Own(customer).Caller)).Code;

    private Task<T> Query<T>(string statement) => _world.Silo.Database.Query<T>(statement);
}
