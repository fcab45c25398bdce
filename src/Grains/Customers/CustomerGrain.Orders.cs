using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Orders;
using CustomerGrains.Storage.Sealing;

namespace CustomerGrains.Grains.Customers;

/// <summary>What the order system tells and asks.</summary>
internal sealed partial class CustomerGrain
{
    public async Task<Reply> PlaceOrder(OrderDraft draft, CommandContext context)
    {
        if (Survivor is { } survivor) return await survivor.PlaceOrder(draft, context);
        var parsed = OrderParser.Place(draft, Now());
        if (_loaded is null && parsed.Command is not null)
            return await Nobody(ReplyCode.OrderCustomerUnknown);
        if (parsed.Command is not CustomerCommand.PlaceOrder place || _loaded is not { } loaded)
            return await Perform(context, parsed, _ => []);

        var (ended, isAnothers, key) = await FindEnded(draft.OrderId);
        place = place with
        {
            Fingerprint = Convert.ToHexStringLower(
                (key ?? loaded.Key).Fingerprint(OrderParser.Content(place))),
            Ages = orders.Rules.Current.Ages,
            Ended = ended,
            IsAnothers = isAnothers,
        };
        return await Perform(
            context,
            new(place),
            after => OrderAnswers.Order(after.Id, after.FindOrder(place.OrderId) ?? ended!),
            ReplyCode.Created);
    }

    public async Task<Reply> ProgressOrder(
        Guid orderId, OrderReport report, CommandContext context)
    {
        if (await SurvivorWith(orderId) is { } survivor)
            return await survivor.ProgressOrder(orderId, report, context);
        var parsed = OrderParser.Report(orderId, report);
        if (_loaded is null && parsed.Command is not null)
            return await ProgressOrderOfGone(orderId, parsed.Command);
        if (parsed.Command is not CustomerCommand.ProgressOrder progress)
            return await Perform(context, parsed, _ => []);

        var (ended, _, _) = await FindEnded(orderId);
        return await Perform(
            context,
            new(progress with { Ended = ended }),
            after => OrderAnswers.Order(
                after.Id, after.FindOrder(orderId) ?? ended ?? JustEnded(progress, after)));
    }

    public async Task<Reply> GetOrder(Guid orderId)
    {
        if (await SurvivorWith(orderId) is { } survivor) return await survivor.GetOrder(orderId);
        var order = _loaded is null ? await FindOfGone(orderId) : await FindAny(orderId);
        return order is null
            ? Reply.Refused(ReplyCode.OrderUnknown)
            : Answer(State, OrderAnswers.Order(State.Id, order));
    }

    /// <summary>An order outlives the person: the order system may still repeat its last report.
    /// </summary>
    private async Task<Reply> ProgressOrderOfGone(Guid orderId, CustomerCommand command)
    {
        if (await FindOfGone(orderId) is not { } order)
            return Reply.Refused(ReplyCode.OrderUnknown);
        var progress = (CustomerCommand.ProgressOrder)command;
        var decision = State.Decide(progress with { Ended = order }, Now());
        return await Refuse(decision.Refusal is null
            ? Answer(State, OrderAnswers.Order(State.Id, order))
            : Refused(decision));
    }

    /// <summary>An ended order of somebody who is gone, without what was personal.</summary>
    private async Task<ActiveOrder?> FindOfGone(Guid orderId)
    {
        // Ids of nobody must not fill the memory.
        DeactivateOnIdle();
        var id = this.GetPrimaryKey();
        return await orders.Ask(() => orders.Orders.FindAnonymous(id, orderId));
    }

    /// <summary>The order that the command just took out of the active ones, as it ended. Called
    /// before the new state is adopted.</summary>
    private ActiveOrder JustEnded(CustomerCommand.ProgressOrder progress, Customer after)
    {
        var last = State.FindOrder(progress.OrderId)!;
        var total = progress.Status == OrderStatus.Delivered
            ? progress.Total ?? last.Total
            : last.Total;
        return last.Moved(progress.Status, total, after.UpdatedAt);
    }

    /// <summary>For a command: the order if it has ended, whether it is another customer's, and
    /// the key of whoever placed it.</summary>
    private async Task<(ActiveOrder? Ended, bool IsAnothers, DataKey? Key)> FindEnded(Guid orderId)
    {
        if (_loaded is not { } loaded || State.FindOrder(orderId) is not null)
            return (null, false, null);
        var found = await orders.Ask(() => orders.Orders.Find(loaded.Key, orderId));
        if (found is null) return (null, false, null);
        if (found.CustomerId != loaded.Customer.Id) return (null, true, null);
        if (found.Order is { EndedAt: not null }) return (found.Order, false, found.Key);

        // Active in the database, unknown here: somebody else has written meanwhile.
        throw Outdated();
    }
}
