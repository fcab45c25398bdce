using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Customers;

namespace CustomerGrains.Grains.Orders;

/// <summary>Renders orders, and what riders see of them, as the API's JSON.</summary>
internal static class OrderAnswers
{
    // The answer is application/json, never part of a page: letters need no escapes.
    private static readonly OrderViewJson Json =
        new(new JsonSerializerOptions(OrderViewJson.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });

    public static byte[] Order(Guid customerId, ActiveOrder order) =>
        Render(Json.OrderView, new OrderView
        {
            OrderId = order.Id,
            CustomerId = customerId,
            BranchId = order.BranchId,
            Status = order.Status.Name(),
            RiderId = order.RiderId,
            Total = order.Total.ToString("0.00", CultureInfo.InvariantCulture),
            CustomerSnapshot = Snapshot(order.Snapshot),
            PhoneUpdated = order.PhoneUpdated,
            PlacedAt = order.PlacedAt.UtcDateTime,
            UpdatedAt = order.UpdatedAt.UtcDateTime,
        });

    public static byte[] Contact(Customer customer, ActiveOrder order, bool isMasked)
    {
        var snapshotPhone = order.Snapshot.Phone;
        var currentPhone = order.ContactVersion > 0 ? customer.Phone : snapshotPhone;
        return Render(Json.ContactView, new ContactView
        {
            OrderId = order.Id,
            Status = order.Status.Name(),
            Name = order.Snapshot.Name,
            SnapshotPhone = isMasked ? RiderLease.Mask(snapshotPhone) : snapshotPhone,
            PhoneUpdated = order.PhoneUpdated,
            CurrentPhone = isMasked ? RiderLease.Mask(currentPhone) : currentPhone,
            ContactVersion = order.ContactVersion,
            Address = isMasked ? null : Address(order.Snapshot.Address),
        });
    }

    public static byte[] PhoneUpdated(ActiveOrder order) => Render(
        Json.PhoneUpdatedView,
        new PhoneUpdatedView(order.Id, order.PhoneUpdated, order.ContactVersion));

    public static byte[] Eligibility(string category, Refusal? refusal, int? minimumAge) => Render(
        Json.EligibilityView,
        new EligibilityView(category, refusal is null, Code(refusal), minimumAge));

    public static byte[] BranchOrders(BranchOrderList orders) =>
        Render(Json.BranchOrderList, orders);

    public static byte[] BranchCustomer(BranchCustomerView customer) =>
        Render(Json.BranchCustomerView, customer);

    public static byte[] Policy(PolicyView policy) => Render(Json.PolicyView, policy);

    private static string? Code(Refusal? refusal) => refusal switch
    {
        null => null,
        Refusal.AgeUnknown => "age-unknown",
        Refusal.Underage => "underage",
        _ => throw new InvalidOperationException($"{refusal} is not about age."),
    };

    private static SnapshotView Snapshot(CustomerSnapshot snapshot) => new()
    {
        Name = snapshot.Name,
        Phone = snapshot.Phone,
        Email = snapshot.Email,
        Address = Address(snapshot.Address),
        TakenAt = snapshot.TakenAt.UtcDateTime,
    };

    internal static SnapshotAddressView? Address(AddressDetails? address) => address is null
        ? null
        : new SnapshotAddressView
        {
            Label = address.Label,
            Line1 = address.Line1,
            Line2 = address.Line2,
            City = address.City,
            State = address.State,
            PostalCode = address.PostalCode,
            Country = address.Country,
            Latitude = address.Latitude,
            Longitude = address.Longitude,
        };

    private static byte[] Render<T>(JsonTypeInfo<T> type, T view) =>
        JsonSerializer.SerializeToUtf8Bytes(view, type);
}
