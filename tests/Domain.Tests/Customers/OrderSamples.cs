using CustomerGrains.Domain.Customers;

namespace CustomerGrains.Domain.Tests.Customers;

internal static class OrderSamples
{
    public const string Phone = "+4915112345678";

    public static readonly Guid Branch = Samples.Id(7001);

    public static readonly CategoryAges Adults = new(CategoryAges.Unrestricted.MinimumAges
        .Add("alcohol", 18).Add("fireworks", 12).Add("water", 0));

    /// <summary>An order to the address of the same number as in <see cref="Samples.Add"/>.
    /// </summary>
    public static CustomerCommand.PlaceOrder Place(int number, int? address = 1) =>
        new(Samples.Id(number))
        {
            BranchId = Branch,
            AddressId = address is { } to ? Samples.Id(to) : null,
            Total = 20.00m,
            PlacedAt = Scenario.Start,
            Fingerprint = "f" + number,
            Ages = Adults,
        };

    public static CustomerCommand.ProgressOrder Progress(int number, OrderStatus status) =>
        new(Samples.Id(number), status);

    public static CustomerCommand.AcknowledgeContact Acknowledge(int number, int rider, int version) =>
        new(Samples.Id(number), Samples.Id(rider), version);

    public static CustomerCommand BornOn(DateOnly date) =>
        new CustomerCommand.EditProfile { DateOfBirth = new(date) };

    /// <summary>The commands that bring an order from placement to delivery.</summary>
    public static CustomerCommand[] Delivered(int number, decimal? total = null) =>
    [
        Place(number),
        Progress(number, OrderStatus.Accepted),
        Progress(number, OrderStatus.PickedUp),
        Progress(number, OrderStatus.Delivered) with { Total = total },
    ];

    /// <summary>What a change of phone does to the orders that are under way.</summary>
    public static Customer WithNewPhone(this Customer customer, string phone) => customer.After(
        [new CustomerEvent.ContactChanged(
            Guid.Empty, ContactChannel.Phone, customer.Phone, phone, UndoUntil: null)],
        Scenario.Start);
}
