using System.Globalization;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Orders;
using CustomerGrains.Storage.Branches;
using CustomerGrains.Storage.Customers;

namespace CustomerGrains.Grains.Branches;

/// <summary>Renders what branches see.</summary>
internal static class BranchAnswers
{
    public static byte[] List(List<BranchOrder> orders, string? nextCursor) =>
        OrderAnswers.BranchOrders(new BranchOrderList([.. orders.Select(Line)], nextCursor));

    public static byte[] Customer(BranchOrder order) =>
        OrderAnswers.BranchCustomer(new BranchCustomerView
        {
            OrderId = order.Id,
            CustomerId = order.CustomerId,
            Name = Name(order),
            Phone = Phone(order),
            Address = OrderAnswers.Address(order.Snapshot.Address),
        });

    private static BranchOrderView Line(BranchOrder order) => new()
    {
        OrderId = order.Id,
        CustomerId = order.CustomerId,
        Status = order.Status.Name(),
        Total = order.Total.ToString("0.00", CultureInfo.InvariantCulture),
        Name = Name(order),
        MaskedPhone = RiderLease.Mask(Phone(order)),
        PlacedAt = order.PlacedAt.UtcDateTime,
        UpdatedAt = order.UpdatedAt.UtcDateTime,
    };

    private static string? Name(BranchOrder order) =>
        BranchSight.Name(order.Snapshot, order.Name, order.EndedAt is null);

    private static string? Phone(BranchOrder order) => BranchSight.Phone(
        order.Snapshot, order.Phone, order.ContactVersion, order.EndedAt is null);
}
