using System.Collections.Immutable;
using static CustomerGrains.Domain.Customers.CustomerCommand;
using static CustomerGrains.Domain.Customers.CustomerEvent;

namespace CustomerGrains.Domain.Customers;

public static partial class CustomerDecider
{
    private static Decision AddAddress(Customer customer, AddAddress command)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.CustomerUnknown);
        var (id, details) = command.Address;
        if (customer.FindAddress(id) is not null) return Decision.Nothing;
        if (IsStale(customer, command)) return Decision.Refuse(Refusal.VersionMismatch);
        if (AddressEdit.Flaws(details) is { IsEmpty: false } flaws) return Decision.Refuse(flaws);
        if (customer.Addresses.Length >= Limits.AddressesPerCustomerMax)
            return Decision.Refuse(Refusal.AddressLimit);

        var added = new AddressAdded(id, details);
        return command.AsDefault || customer.DefaultAddressId is null
            ? Decision.Record(
                added, new DefaultAddressChanged(customer.DefaultAddressId, id, command.AsDefault))
            : Decision.Record(added);
    }

    private static Decision EditAddress(Customer customer, EditAddress command)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.CustomerUnknown);
        if (customer.FindAddress(command.AddressId) is not { } address)
            return Decision.Refuse(Refusal.AddressUnknown);
        if (IsStale(customer, command)) return Decision.Refuse(Refusal.VersionMismatch);
        var edited = command.Edit.Over(address.Details);
        if (AddressEdit.Flaws(edited) is { IsEmpty: false } flaws) return Decision.Refuse(flaws);
        if (edited == address.Details) return Decision.Nothing;
        if (!command.ConfirmsActiveOrder
            && OrdersTo(customer, address) is { IsEmpty: false } orders)
            return Decision.Refuse(Refusal.AddressInActiveOrder, orders);

        return Decision.Record(new AddressChanged(address.Id, address.Details, edited));
    }

    private static Decision RemoveAddress(Customer customer, RemoveAddress command)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.CustomerUnknown);
        if (customer.FindAddress(command.AddressId) is not { } address)
            return Decision.Refuse(Refusal.AddressUnknown);
        if (IsStale(customer, command)) return Decision.Refuse(Refusal.VersionMismatch);
        if (!command.ConfirmsActiveOrder
            && OrdersTo(customer, address) is { IsEmpty: false } orders)
            return Decision.Refuse(Refusal.AddressInActiveOrder, orders);

        var removed = new AddressRemoved(address.Id, address.Details);
        return customer.DefaultAddressId == address.Id
            ? Decision.Record(
                removed,
                new DefaultAddressChanged(
                    address.Id, Successor(customer, address)?.Id, Chosen: false))
            : Decision.Record(removed);
    }

    private static Decision SetDefaultAddress(Customer customer, SetDefaultAddress command)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.CustomerUnknown);
        if (customer.FindAddress(command.AddressId) is not { } address)
            return Decision.Refuse(Refusal.AddressUnknown);
        if (IsStale(customer, command)) return Decision.Refuse(Refusal.VersionMismatch);
        if (customer.DefaultAddressId == address.Id) return Decision.Nothing;

        return Decision.Record(
            new DefaultAddressChanged(customer.DefaultAddressId, address.Id, Chosen: true));
    }

    /// <summary>Active orders that go there.</summary>
    private static ImmutableArray<Guid> OrdersTo(Customer customer, Address address) =>
        [.. customer.ActiveOrders.Where(o => o.AddressId == address.Id).Select(o => o.Id)];

    /// <summary>The most recently used of the others, else the newest.</summary>
    private static Address? Successor(Customer customer, params ImmutableArray<Address> leaving) =>
        customer.Addresses
            .Where(a => !leaving.Contains(a))
            .OrderByDescending(a => a.LastUsedAt ?? DateTimeOffset.MinValue)
            .ThenByDescending(a => a.CreatedAt)
            .FirstOrDefault();
}
