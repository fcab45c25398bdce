using System.Security.Cryptography;

namespace CustomerGrains.Bench.Shared;

/// <summary>The active orders of the sample customers, and the riders who carry them.</summary>
public static class SampleOrders
{
    public const int PerCustomer = 10;

    /// <summary>As many riders as poll at the same time in a large city.</summary>
    private const int Riders = 2000;

    public static Guid Branch { get; } = Made(2, 0);

    public static Guid Order(int customer, int number) => Made(3, customer * PerCustomer + number);

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

    public static IEnumerable<Guid> Staff => Enumerable.Range(0, Riders).Select(n => Made(5, n));

    private static Guid Rider(int number) => Made(4, number);

    private static Guid Made(int kind, int number)
    {
        Span<byte> source = stackalloc byte[8];
        BitConverter.TryWriteBytes(source, kind);
        BitConverter.TryWriteBytes(source[4..], number);
        return new Guid(SHA256.HashData(source).AsSpan(0, 16));
    }
}
