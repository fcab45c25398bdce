using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Orders;
using CustomerGrains.Storage.Access;

namespace CustomerGrains.Grains.Customers;

/// <summary>What riders see, and what customers may have.</summary>
internal sealed partial class CustomerGrain
{
    /// <summary>Ended orders kept for riders who still ask. They never change any more; a
    /// customer's last few are enough.</summary>
    private const int EndedKeptMax = 8;

    private const string RiderRole = "utd";
    private const string RiderPurpose = "delivery";

    private static readonly string[] FullFields = ["name", "phone", "address"];
    private static readonly string[] MaskedFields = ["name", "masked_phone"];

    private Dictionary<Guid, ActiveOrder>? _ended;

    // Rendered for the order beside it; another state of the order renders anew.
    private Dictionary<Guid, (ActiveOrder Order, byte[] Body)>? _polls;

    public async Task<Reply> GetContact(Guid orderId, Caller rider)
    {
        if (await SurvivorWith(orderId) is { } survivor)
            return await survivor.GetContact(orderId, rider);
        if (_loaded is null) return await Nobody(ReplyCode.OrderUnknown);
        var order = await FindAny(orderId);
        var access = order?.AccessOf(rider.Id, Now()) ?? RiderAccess.None;
        if (order is null || access == RiderAccess.None)
            return await Refuse(ReplyCode.OrderUnknown);

        await orders.Ask(() => Record(rider, order, access));
        // The order may have gone to another rider while the log was written.
        order = State.FindOrder(orderId) ?? order;
        return order.AccessOf(rider.Id, Now()) is var still && still == RiderAccess.None
            ? await Refuse(ReplyCode.OrderUnknown)
            : Answer(State, OrderAnswers.Contact(State, order, still == RiderAccess.Masked));
    }

    public ValueTask<byte[]?> GetPhoneUpdated(Guid orderId, Guid riderId) =>
        State.FindOrder(orderId) is { } order
            ? new(order.RiderId == riderId ? Poll(order) : null)
            : PollEnded(orderId, riderId);

    public async Task<Reply> AcknowledgeContact(
        Guid orderId, int contactVersion, CommandContext context)
    {
        if (await SurvivorWith(orderId) is { } survivor)
            return await survivor.AcknowledgeContact(orderId, contactVersion, context);
        if (_loaded is null) return await Nobody(ReplyCode.OrderUnknown);
        var (ended, _, _) = await FindEnded(orderId);
        var command = new CustomerCommand.AcknowledgeContact(
            orderId, context.Caller.Id, contactVersion)
        {
            Ended = ended,
        };
        return await Perform(context, new(command), _ => []);
    }

    public async Task<Reply> GetEligibility(string category, Caller caller)
    {
        if (Refusal(caller) is { } refusal) return await refusal;
        if (!CategoryNames.IsName(category))
            return Invalid([new("category", OrderParser.CategoryRule)]);
        var ages = orders.Rules.Current.Ages;
        var refused = ages.RefusalOf(category, State.Profile.DateOfBirth, Today);
        return Answer(
            State, OrderAnswers.Eligibility(category, refused, ages.MinimumAgeOf(category)));
    }

    private byte[] Poll(ActiveOrder order)
    {
        if (_polls is not null
            && _polls.TryGetValue(order.Id, out var known) && ReferenceEquals(known.Order, order))
            return known.Body;
        // Those of ended orders go when there are more than can be active.
        if (_polls?.Count > Domain.Limits.ActiveOrdersPerCustomerMax) _polls.Clear();
        var body = OrderAnswers.PhoneUpdated(order);
        (_polls ??= [])[order.Id] = (order, body);
        return body;
    }

    private async ValueTask<byte[]?> PollEnded(Guid orderId, Guid riderId)
    {
        if (await SurvivorWith(orderId) is { } survivor)
            return await survivor.GetPhoneUpdated(orderId, riderId);
        if (_loaded is null)
        {
            DeactivateOnIdle();
            return null;
        }

        var order = await FindAny(orderId);
        return order?.AccessOf(riderId, Now()) is RiderAccess.Full or RiderAccess.Masked
            ? OrderAnswers.PhoneUpdated(order)
            : null;
    }

    /// <summary>An own order, active or not.</summary>
    private async Task<ActiveOrder?> FindAny(Guid orderId)
    {
        if (State.FindOrder(orderId) is { } active) return active;
        if (_ended is not null && _ended.TryGetValue(orderId, out var ended)) return ended;
        var key = _loaded!.Key;
        var found = await orders.Ask(() => orders.Orders.Find(key, orderId));
        if (found?.Order is not { EndedAt: not null } order) return found?.Order;
        if (_ended?.Count >= EndedKeptMax) _ended.Clear();
        return (_ended ??= [])[orderId] = order;
    }

    private async Task<bool> Record(Caller rider, ActiveOrder order, RiderAccess access)
    {
        await orders.Accesses.Record(new AccessEntry(
            rider.Id,
            RiderRole,
            State.Id,
            order.BranchId,
            order.Id,
            RiderPurpose,
            access == RiderAccess.Full ? FullFields : MaskedFields,
            Now()));
        return true;
    }
}
