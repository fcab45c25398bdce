using CustomerGrains.Domain.Customers;
using CustomerGrains.Simulation.Tests.Model;

namespace CustomerGrains.Simulation.Tests.Service;

/// <summary>From a request to a command, with what the customer itself does not know. As the parts
/// of <c>CustomerGrain</c> do it.</summary>
internal sealed class Commands(World world, SimulatedSilo silo)
{
    private static readonly AddressDetails Somewhere = new()
    {
        Line1 = "1 Main Street", City = "Lisbon", PostalCode = "1000-001", Country = "PT",
    };

    /// <returns>No command: another activation has written meanwhile.</returns>
    public async Task<(CustomerCommand? Command, Mail? Mail)> Of(
        Customer customer, Wish wish, DateTimeOffset now)
    {
        switch (wish)
        {
            case Wish.Rename w:
                return (new CustomerCommand.EditProfile { Name = new(w.Name) }, null);
            case Wish.AddAddress w:
                return (new CustomerCommand.AddAddress(new(w.Id, Somewhere), w.AsDefault), null);
            case Wish.RemoveAddress w:
                return (
                    new CustomerCommand.RemoveAddress(w.Id) { ConfirmsActiveOrder = true }, null);
            case Wish.SetDefault w:
                return (new CustomerCommand.SetDefaultAddress(w.Id), null);
            case Wish.RequestChange w:
                return Request(w);
            case Wish.Resend w:
                return await Resend(customer, w);
            case Wish.Verify w:
                return await Verify(customer, w);
            case Wish.Cancel w:
                return (new CustomerCommand.CancelContactChange(
                    w.ChangeId, await Former(customer, w.ChangeId)), null);
            case Wish.Undo w:
                return (new CustomerCommand.UndoContactChange(w.Token), null);
            default:
                return await OfOrder(customer, wish, now);
        }
    }

    private (CustomerCommand?, Mail?) Request(Wish.RequestChange w)
    {
        var code = world.Clock.Chance.Next(Secrets.Codes);
        return (
            new CustomerCommand.RequestContactChange(
                w.ChangeId, w.Channel, w.Value, IsConfirmed: true,
                Secrets.OfCode(w.ChangeId, code), Secrets.NewToken(world.Clock.NewId())),
            new Mail(w.Value, w.ChangeId, code, null));
    }

    private async Task<(CustomerCommand?, Mail?)> Resend(Customer customer, Wish.Resend w)
    {
        var former = await Former(customer, w.ChangeId);
        var code = world.Clock.Chance.Next(Secrets.Codes);
        var to = customer.ChannelOfPending(w.ChangeId) is { } channel
            ? customer.ChangesOn(channel).Pending!.NewValue
            : "";
        return (
            new CustomerCommand.ResendContactChange(
                w.ChangeId, Secrets.OfCode(w.ChangeId, code), former),
            new Mail(to, w.ChangeId, code, null));
    }

    private async Task<(CustomerCommand?, Mail?)> Verify(Customer customer, Wish.Verify w)
    {
        var former = await Former(customer, w.ChangeId);
        var channel = customer.ChannelOfPending(w.ChangeId);
        var kept = channel is { } known ? customer.ChangesOn(known).Pending?.Code : null;
        var undo = Secrets.NewToken(world.Clock.NewId());
        var old = channel is { } changed ? customer.ContactOn(changed) : null;
        return (
            new CustomerCommand.VerifyContactChange(
                w.ChangeId,
                kept is not null && kept.Matches(Secrets.OfCode(w.ChangeId, w.Code)),
                undo,
                former),
            old is null ? null : new Mail(old, w.ChangeId, null, undo));
    }

    private async Task<(CustomerCommand?, Mail?)> OfOrder(
        Customer customer, Wish wish, DateTimeOffset now)
    {
        var orderId = wish switch
        {
            Wish.Place w => w.OrderId,
            Wish.Progress w => w.OrderId,
            Wish.Acknowledge w => w.OrderId,
            _ => throw new InvalidOperationException($"Unknown wish {wish.GetType().Name}."),
        };
        var row = customer.FindOrder(orderId) is not null
            ? null
            : await world.Database.Read(
                silo.Process, t => t.Orders.GetValueOrDefault(orderId));
        if (row is { Order.EndedAt: null } && row.Owner == customer.Id) return (null, null);
        var ended = row?.Owner == customer.Id ? row.Order : null;
        return (wish switch
        {
            Wish.Place w => new CustomerCommand.PlaceOrder(orderId)
            {
                AddressId = w.AddressId,
                BranchId = orderId,
                Total = 1.01m,
                PlacedAt = now,
                Fingerprint = orderId.ToString(),
                Ended = ended,
                IsAnothers = row is not null && ended is null,
            },
            Wish.Progress w => new CustomerCommand.ProgressOrder(orderId, w.Status)
            {
                RiderId = w.Rider, Ended = ended,
            },
            Wish.Acknowledge w => new CustomerCommand.AcknowledgeContact(
                orderId, w.Rider, w.Version) { Ended = ended },
            _ => null,
        }, null);
    }

    private async Task<FormerChange> Former(Customer customer, Guid changeId) =>
        customer.ChannelOfPending(changeId) is not null
            ? FormerChange.Unknown
            : await world.Database.Read(silo.Process, t =>
                !t.Changes.TryGetValue(changeId, out var change) || change.Customer != customer.Id
                    ? FormerChange.Unknown
                    : change.IsUsed ? FormerChange.Used : FormerChange.Dropped);
}
