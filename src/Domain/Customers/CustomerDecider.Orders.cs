using System.Collections.Immutable;
using static CustomerGrains.Domain.Customers.CustomerCommand;
using static CustomerGrains.Domain.Customers.CustomerEvent;

namespace CustomerGrains.Domain.Customers;

public static partial class CustomerDecider
{
    private static Decision PlaceOrder(
        Customer customer, PlaceOrder command, DateTimeOffset now)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.OrderCustomerUnknown);
        if (customer.BarToOrder(now) is { } bar) return Decision.Refuse(bar);
        if (command.IsAnothers) return Decision.Refuse(Refusal.OrderExists);
        if ((customer.FindOrder(command.OrderId) ?? command.Ended) is { } order)
        {
            return order.Fingerprint == command.Fingerprint
                ? Decision.Nothing
                : Decision.Refuse(Refusal.OrderExists);
        }

        if (IsStale(customer, command)) return Decision.Refuse(Refusal.VersionMismatch);
        var address = command.AddressId is { } id ? customer.FindAddress(id) : null;
        if (command.AddressId is not null && address is null)
            return Decision.Refuse(Refusal.OrderAddressUnknown);
        if (customer is { Phone: null, Email: null } && command.Contact is null)
            return Decision.Refuse(Refusal.ContactMissing);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var born = customer.Profile.DateOfBirth;
        if (command.Ages.RefusalOf(command.Categories, born, today) is { } age)
            return RefuseForAge(customer, command, age, today);
        if (customer.ActiveOrders.Length >= Limits.ActiveOrdersPerCustomerMax)
            return Decision.Refuse(Refusal.OrderLimit);

        return Decision.Record(new OrderPlaced(
            command.OrderId,
            command.BranchId,
            command.AddressId,
            command.Categories,
            command.Total,
            command.PlacedAt,
            command.Fingerprint,
            Snapshot(customer, command.Contact, address, now)));
    }

    /// <summary>That somebody too young tries is remembered, once a day: however often it is
    /// tried, it is one row.</summary>
    private static Decision RefuseForAge(
        Customer customer, PlaceOrder command, Refusal age, DateOnly today) =>
        age == Refusal.Underage && customer.Standing.UnderageOrderOn != today
            ? Decision.RecordAndRefuse(new UnderageOrderRefused(command.OrderId), age)
            : Decision.Refuse(age);

    private static CustomerSnapshot Snapshot(
        Customer customer, OrderContact? contact, Address? address, DateTimeOffset now) => new()
    {
        Name = contact?.Name ?? customer.Name,
        Phone = contact?.Phone ?? customer.Phone,
        Email = customer.Email,
        Address = address?.Details,
        TakenAt = now,
    };

    private static Decision ProgressOrder(Customer customer, ProgressOrder command)
    {
        if ((customer.FindOrder(command.OrderId) ?? command.Ended) is not { } order)
            return Decision.Refuse(Refusal.OrderUnknown);
        if (IsStale(customer, command)) return Decision.Refuse(Refusal.VersionMismatch);
        if (order.Status != command.Status && !order.Status.MayBecome(command.Status))
            return Decision.Refuse(Refusal.IllegalTransition);

        var events = ImmutableArray.CreateBuilder<CustomerEvent>();
        if (!command.Status.IsFinal()
            && command.RiderId is { } rider
            && rider != order.RiderId)
            events.Add(new RiderAssigned(order.Id, order.RiderId, rider));
        if (order.Status == command.Status) return Decision.Record(events.DrainToImmutable());

        if (command.Status == OrderStatus.Delivered)
            events.Add(new OrderDelivered(order.Id, command.Total ?? order.Total));
        else
            events.Add(new OrderProgressed(order.Id, order.Status, command.Status));
        return Decision.Record(events.DrainToImmutable());
    }

    private static Decision AcknowledgeContact(
        Customer customer, AcknowledgeContact command, DateTimeOffset now)
    {
        if ((customer.FindOrder(command.OrderId) ?? command.Ended) is not { } order
            || order.AccessOf(command.RiderId, now) == RiderAccess.None)
            return Decision.Refuse(Refusal.OrderUnknown);
        if (IsStale(customer, command)) return Decision.Refuse(Refusal.VersionMismatch);
        if (command.ContactVersion > order.ContactVersion)
            return Decision.Refuse(Refusal.ContactVersionUnknown);

        // An older version says nothing about the newest phone; an ended order needs no call.
        return order is { PhoneUpdated: true, EndedAt: null }
            && command.ContactVersion == order.ContactVersion
            ? Decision.Record(new ContactAcknowledged(order.Id, order.ContactVersion))
            : Decision.Nothing;
    }
}
