using CustomerGrains.Domain.Customers;
using CustomerGrains.Simulation.Tests.Service;

namespace CustomerGrains.Simulation.Tests.Actors;

/// <summary>One of a customer's devices: wishes something, repeats what was not answered, and
/// sometimes what was.</summary>
internal sealed class App(World world, Guid customer, Memory memory)
{
    private readonly Caller _caller = new(world);

    public async Task Live()
    {
        for (var n = world.Clock.Chance.Next(3, 9); n > 0; n--)
        {
            await world.Pause(_caller.Thinking());
            await Do();
        }
    }

    private async Task Do()
    {
        var clock = world.Clock;
        var (op, key) = _caller.NewOp(keyedPerMille: 850);
        switch (clock.Chance.Next(12))
        {
            case < 3:
                await _caller.Insist(new Wish.Rename(customer, op, key, $"name {op}"));
                break;
            case 3 or 4:
                var id = clock.NewId();
                memory.Addresses.Add(id);
                await _caller.Insist(
                    new Wish.AddAddress(customer, op, key, id, clock.Happens(300)));
                break;
            case 5 when memory.Addresses.Count > 0:
                await _caller.Insist(new Wish.RemoveAddress(
                    customer, op, key, clock.Pick(memory.Addresses)));
                break;
            case 6 when memory.Addresses.Count > 0:
                await _caller.Insist(new Wish.SetDefault(
                    customer, op, key, clock.Pick(memory.Addresses)));
                break;
            case 7:
                await Read();
                break;
            case 8 when Undo() is { } undo:
                await _caller.Insist(new Wish.Undo(customer, op, undo));
                break;
            default:
                await ChangeContact();
                break;
        }
    }

    private async Task Read()
    {
        var told = world.Oracle.NewestVersionTold(customer);
        if (await world.Show(customer) is { } shown) world.Oracle.Read(shown, told);
    }

    private async Task ChangeContact()
    {
        var clock = world.Clock;
        var change = clock.NewId();
        var channel = clock.Happens(750) ? ContactChannel.Phone : ContactChannel.Email;
        var number = clock.Chance.Next(Contacts.Count);
        var value = channel == ContactChannel.Phone
            ? Contacts.Phone(number)
            : Contacts.Email(number);
        var (op, key) = _caller.NewOp(keyedPerMille: 850);
        memory.Changes.Add(change);
        await _caller.Insist(
            new Wish.RequestChange(customer, op, key, change, channel, value));
        await world.Pause(_caller.Thinking());
        (op, key) = _caller.NewOp(keyedPerMille: 850);
        if (clock.Happens(100))
        {
            await _caller.Insist(new Wish.Resend(customer, op, key, change));
            (op, key) = _caller.NewOp(keyedPerMille: 850);
        }

        if (clock.Happens(60))
            await _caller.Insist(new Wish.Cancel(customer, op, key, change));
        else if (CodeOf(change) is { } code)
            await _caller.Insist(new Wish.Verify(customer, op, key, change, code));
    }

    private int? CodeOf(Guid change) =>
        world.Database.Tables.Mail.LastOrDefault(m => m.ChangeId == change && m.Code is not null)
            ?.Code;

    /// <summary>The newest token that reached one of the customer's old contacts.</summary>
    private Domain.SecretHash? Undo() => world.Database.Tables.Mail
        .LastOrDefault(m => m.Token is not null && memory.Changes.Contains(m.ChangeId))?.Token;
}
