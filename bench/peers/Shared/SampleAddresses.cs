namespace CustomerGrains.Bench.Shared;

/// <summary>The addresses of the sample customers; the first is the default.</summary>
public static class SampleAddresses
{
    public const int PerCustomer = 3;

    private static readonly string[] Labels = ["Home", "Work", "Parents"];

    public static IEnumerable<AddressRecord> Of(int customer) =>
        Enumerable.Range(0, PerCustomer).Select(number => new AddressRecord
        {
            Id = Id(customer, number),
            UserId = SampleCustomers.Number(customer).Id,
            Label = Labels[number],
            Line1 = $"{1 + customer % 400} Lake Road",
            City = "Pune",
            State = "Maharashtra",
            PostalCode = "411001",
            Country = "IN",
            Latitude = 18.5204m + customer % 1000 / 10_000m,
            Longitude = 73.8567m + number / 1_000m,
            IsDefault = number == 0,
            CreatedAt = SampleCustomers.Created,
            UpdatedAt = SampleCustomers.Created,
        });

    /// <summary>What a customer sends to make another address the default.</summary>
    public static string DefaultPath(int customer, int number) =>
        $"/api/utc/addresses/{Id(customer, number)}/default";

    public static Guid Id(int customer, int number) =>
        SampleIds.Made(6, customer * PerCustomer + number);
}
