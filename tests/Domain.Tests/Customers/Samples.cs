using CustomerGrains.Domain.Customers;

namespace CustomerGrains.Domain.Tests.Customers;

internal static class Samples
{
    public static readonly AddressDetails Home = new()
    {
        Line1 = "1 Main Street",
        City = "Lisbon",
        PostalCode = "1000-001",
        Country = "PT",
    };

    /// <summary>Ids that differ in their last part and sort by it.</summary>
    public static Guid Id(int number) => new($"0199f000-0000-7000-8000-{number:D12}");

    public static CustomerCommand Add(int number, bool asDefault = false) =>
        new CustomerCommand.AddAddress(new(Id(number), Home), asDefault);

    public static CustomerCommand Default(int number) =>
        new CustomerCommand.SetDefaultAddress(Id(number));

    public static CustomerCommand Remove(int number) =>
        new CustomerCommand.RemoveAddress(Id(number));

    public static CustomerCommand Rename(string? name) =>
        new CustomerCommand.EditProfile { Name = new(name) };
}
