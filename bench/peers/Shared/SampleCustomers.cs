using System.Globalization;
using System.Security.Cryptography;

namespace CustomerGrains.Bench.Shared;

/// <summary>The customers that every system under test holds: the same ones, each time.</summary>
public static class SampleCustomers
{
    public static readonly DateTime Created = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly DateOnly FirstBirthday = new(1960, 1, 1);

    // Days; the youngest is grown up.
    private const int Birthdays = 15_000;

    public static IEnumerable<CustomerRecord> Take(int count) =>
        Enumerable.Range(0, count).Select(Number);

    /// <summary>The id looks random, as that of any client does, but is always the same.</summary>
    public static CustomerRecord Number(int number)
    {
        var text = number.ToString("D7", CultureInfo.InvariantCulture);
        return new CustomerRecord
        {
            Id = new Guid(SHA256.HashData(BitConverter.GetBytes(number)).AsSpan(0, 16)),
            Version = 1,
            Name = "Asha Rao " + text,
            Phone = "+91980" + text,
            Email = $"asha.rao.{text}@example.com",
            DateOfBirth = FirstBirthday.AddDays(number % Birthdays),
            CreatedAt = Created,
            UpdatedAt = Created,
        };
    }
}
