using CustomerGrains.Domain.Customers;
using CustomerGrains.Simulation.Tests.Service;

namespace CustomerGrains.Simulation.Tests.Actors;

/// <summary>The order system's reports of one customer's orders, and the rider who looks at the
/// contact all the time.</summary>
internal sealed class Delivery(World world, Guid customer, Memory memory)
{
    private readonly Caller _caller = new(world);

    public async Task Run()
    {
        for (var orders = world.Clock.Chance.Next(0, 3); orders > 0; orders--)
        {
            await world.Pause(_caller.Thinking());
            await Deliver(world.Clock.NewId(), world.Clock.NewId());
        }
    }

    private async Task Deliver(Guid order, Guid rider)
    {
        var (op, key) = _caller.NewOp(keyedPerMille: 900);
        var address = memory.Addresses.Count > 0 ? memory.Addresses[^1] : (Guid?)null;
        await _caller.Insist(new Wish.Place(customer, op, key, order, address));
        await Report(order, OrderStatus.Accepted, rider);
        var riding = Ride(order, rider);
        await world.Pause(_caller.Thinking());
        await Report(order, OrderStatus.PickedUp, null);
        await world.Pause(_caller.Thinking());
        await riding;
        await Report(
            order, world.Clock.Happens(800) ? OrderStatus.Delivered : OrderStatus.Failed, null);
    }

    private Task Report(Guid order, OrderStatus status, Guid? rider)
    {
        var (op, key) = _caller.NewOp(keyedPerMille: 900);
        return _caller.Insist(new Wish.Progress(customer, op, key, order, status, rider));
    }

    private async Task Ride(Guid order, Guid rider)
    {
        for (var polls = world.Clock.Chance.Next(3, 12); polls > 0; polls--)
        {
            await world.Pause(world.Clock.Between(0, 600));
            if (await Poll(order, rider) is not { PhoneUpdated: true }) continue;
            if (await Look(order, rider) is not { } seen) continue;
            var (op, key) = _caller.NewOp(keyedPerMille: 900);
            await _caller.Insist(new Wish.Acknowledge(
                customer, op, key, order, rider, seen.ContactVersion));
        }
    }

    private async Task<ActiveOrder?> Poll(Guid order, Guid rider)
    {
        var needed = world.Oracle.NewestTold(order);
        var shown = (await world.Show(customer))?.FindOrder(order);
        if (shown?.RiderId != rider) return null;
        world.Oracle.Polled(shown, needed);
        return shown;
    }

    /// <summary>The log first, then the data.</summary>
    private async Task<ActiveOrder?> Look(Guid order, Guid rider)
    {
        var needed = world.Oracle.NewestTold(order);
        var logsLate = world.Defect == Defect.ReadBeforeLog;
        var shown = await world.Show(customer, logsLate ? null : Log);
        if (shown?.FindOrder(order) is not { } seen || seen.RiderId != rider) return null;
        world.Oracle.SawContact(seen, rider, needed);
        if (logsLate) world.After(world.Clock.Between(0, 40), LogUnlessItFails);
        return seen;

        void LogUnlessItFails()
        {
            if (!world.Clock.Happens(50)) world.Database.Tables.Accesses.Add((order, rider));
        }

        Task Log(SimulatedSilo silo) => world.Database.Ask(silo.Process, () =>
        {
            world.Database.Tables.Accesses.Add((order, rider));
            return Task.FromResult(true);
        });
    }
}
