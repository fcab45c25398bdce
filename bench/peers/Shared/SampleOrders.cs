using System.Text.Json;

namespace CustomerGrains.Bench.Shared;

/// <summary>The active orders of the sample customers, and the riders who carry them.</summary>
public static class SampleOrders
{
    /// <summary>What is usual: one delivery at a time.</summary>
    public const int PerCustomer = 1;

    /// <summary>As many riders as poll at the same time in a large city.</summary>
    private const int Riders = 2000;

    public static Guid Branch { get; } = SampleIds.Made(2, 0);

    public static Guid Order(int customer, int number) =>
        SampleIds.Made(3, customer * PerCustomer + number);

    public static Guid RiderOf(int customer, int number) =>
        Rider((customer * PerCustomer + number) % Riders);

    public static IEnumerable<Guid> AllRiders => Enumerable.Range(0, Riders).Select(Rider);

    /// <summary>What a rider polls.</summary>
    public static string PollPath(int customer, int number) =>
        $"/api/utd/orders/{Order(customer, number)}/phone-updated";

    /// <summary>What a rider opens to call the customer; each look is in the access log.</summary>
    public static string ContactPath(int customer, int number) =>
        $"/api/utd/orders/{Order(customer, number)}/contact";

    /// <summary>What the branch's staff open; each look is in the access log.</summary>
    public static string BranchPath(int customer, int number) =>
        $"/api/utb/orders/{Order(customer, number)}/customer?purpose=benchmark";

    public static IEnumerable<Guid> Staff =>
        Enumerable.Range(0, Riders).Select(number => SampleIds.Made(5, number));

    /// <summary>All of them, with what was known when they were placed.</summary>
    public static IEnumerable<OrderRecord> All(int customers) =>
        from customer in Enumerable.Range(0, customers)
        let person = SampleCustomers.Number(customer)
        let home = SampleAddresses.Of(customer).First()
        let snapshot = JsonSerializer.Serialize(
            new OrderSnapshot(person.Name, person.Phone, person.Email, home, person.CreatedAt),
            ProfileJson.Default.OrderSnapshot)
        from number in Enumerable.Range(0, PerCustomer)
        select new OrderRecord(
            Order(customer, number), person.Id, RiderOf(customer, number), snapshot);

    private static Guid Rider(int number) => SampleIds.Made(4, number);
}

/// <param name="Snapshot">JSON.</param>
public sealed record OrderRecord(Guid Id, Guid CustomerId, Guid RiderId, string Snapshot);

/// <summary>A customer as of an order.</summary>
public sealed record OrderSnapshot(
    string? Name, string? Phone, string? Email, AddressRecord Address, DateTime TakenAt);
