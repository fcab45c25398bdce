using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Grains.Customers;

/// <summary>What administrators do about a customer.</summary>
internal sealed partial class CustomerGrain
{
    public Task<Reply> Bar(BarDraft draft, CommandContext context)
    {
        if (Survivor is { } survivor) return survivor.Bar(draft, context);
        // Told only after the look for a first answer: the time it named may be over by now.
        var parsed = BarParser.Impose(draft, context.Caller.Id, Now());
        return _loaded is null
            ? NotFound(parsed)
            : Perform(context, parsed, RenderBar);
    }

    public Task<Reply> Unbar(BarLifting lifting, CommandContext context)
    {
        if (Survivor is { } survivor) return survivor.Unbar(lifting, context);
        var parsed = BarParser.Lift(lifting, context.Caller.Id);
        return _loaded is null
            ? NotFound(parsed)
            : Perform(context, parsed, RenderBar);
    }

    public Task<Reply> EndSuspension(CommandContext context)
    {
        var parsed = new Parsed(new CustomerCommand.EndSuspension());
        return _loaded is null
            ? NotFound(parsed)
            : Perform(context, parsed, _ => []);
    }

    public ValueTask<Reply> GetStanding()
    {
        if (_loaded is null) return new(Nobody(ReplyCode.CustomerUnknown));
        return State.BarToAll(Now()) is { } bar ? new(Refuse(Refused(bar))) : new(Answer(State, []));
    }

    private byte[] RenderBar(Customer customer) => Views.Bar(customer, Now());

    private Task<Reply> NotFound(Parsed parsed) => parsed.Command is null
        ? Task.FromResult(Invalid(parsed.Errors))
        : Nobody(ReplyCode.CustomerNotFound);
}
