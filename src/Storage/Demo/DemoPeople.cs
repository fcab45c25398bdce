using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CustomerGrains.Domain.Customers;

namespace CustomerGrains.Storage.Demo;

/// <summary>Invented people, the same for the same number every time.</summary>
public static class DemoPeople
{
    private static readonly string[] GivenNames =
    [
        "Aarav", "Ananya", "Vihaan", "Diya", "Arjun", "Meera", "Kabir", "Isha", "Rohan", "Priya",
        "Liam", "Emma", "Noah", "Sofia", "Mateo", "Lucía", "Jonas", "Zoë", "Yuki", "Chen",
        "Fatima", "Omar", "Amara", "Kofi", "Linh", "Minh", "Ayşe", "Mert", "Olga", "Ivan",
    ];

    private static readonly string[] FamilyNames =
    [
        "Sharma", "Patel", "Iyer", "Reddy", "Khan", "Das", "Nair", "Gupta", "Bose", "Mehta",
        "Smith", "García", "Müller", "Rossi", "Dubois", "Silva", "Novák", "Jensen", "Tanaka", "Li",
        "Hassan", "Okafor", "Mensah", "Nguyen", "Yılmaz", "Ivanova", "Kowalski", "Costa", "Haddad",
    ];

    private static readonly string[] Streets =
    [
        "MG Road", "Station Road", "Lake View", "Temple Street", "Park Avenue", "Market Lane",
        "Hill Road", "Garden Street", "Church Street", "Ring Road",
    ];

    private static readonly City[] Cities =
    [
        new("Bengaluru", "Karnataka", "560001", 12.9716m, 77.5946m),
        new("Mumbai", "Maharashtra", "400001", 18.9388m, 72.8354m),
        new("Delhi", "Delhi", "110001", 28.6315m, 77.2167m),
        new("Chennai", "Tamil Nadu", "600001", 13.0827m, 80.2707m),
        new("Kolkata", "West Bengal", "700001", 22.5726m, 88.3639m),
        new("Hyderabad", "Telangana", "500001", 17.3850m, 78.4867m),
        new("Pune", "Maharashtra", "411001", 18.5204m, 73.8567m),
    ];

    private static readonly string[] Labels = ["Home", "Work", "Parents"];

    /// <summary>UUID (version 8) of the demo customer with this number.</summary>
    public static Guid IdOf(int number) => Id(number, part: 0);

    public static CustomerCommand.Import Import(int number)
    {
        var pick = new Picker(number);
        var name = $"{pick.From(GivenNames)} {pick.From(FamilyNames)}";
        var addresses = ImmutableArray.CreateBuilder<NewAddress>();
        var city = pick.From(Cities);
        var count = 1 + pick.Below(Labels.Length);
        for (var i = 0; i < count; i++)
            addresses.Add(new NewAddress(Id(number, (byte)(1 + i)), Address(ref pick, city, Labels[i])));

        return new CustomerCommand.Import(
            name,
            // +91 7 and nine more digits: the form of an Indian mobile number.
            string.Create(CultureInfo.InvariantCulture, $"+917{number:D9}"),
            string.Create(CultureInfo.InvariantCulture, $"{Ascii(name)}.{number}@example.org"),
            new DateOnly(1950, 1, 1).AddDays(pick.Below(21_000)),
            addresses.DrainToImmutable());
    }

    private static AddressDetails Address(ref Picker pick, City city, string label) => new()
    {
        Label = label,
        Line1 = $"{1 + pick.Below(400)} {pick.From(Streets)}",
        City = city.Name,
        State = city.State,
        PostalCode = city.PostalCode,
        Country = "IN",
        // Within about ten kilometres of the centre.
        Latitude = AddressDetails.Degrees(city.Latitude + (pick.Below(2000) - 1000) / 10_000m),
        Longitude = AddressDetails.Degrees(city.Longitude + (pick.Below(2000) - 1000) / 10_000m),
    };

    private static Guid Id(int number, byte part)
    {
        Span<byte> bytes = stackalloc byte[16];
        "demo"u8.CopyTo(bytes);
        bytes[6] = 0x80; // version 8: meaning is ours
        bytes[8] = 0x80; // variant
        bytes[11] = part;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes[12..], number);
        return new Guid(bytes, bigEndian: true);
    }

    private static string Ascii(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsAsciiLetter(c)) text.Append(char.ToLowerInvariant(c));
            else if (c == ' ') text.Append('.');
        }

        return text.ToString();
    }

    private sealed record City(
        string Name, string State, string PostalCode, decimal Latitude, decimal Longitude);

    /// <summary>A small deterministic generator (Lehmer, modulus 2^31 - 1).</summary>
    private struct Picker(int number)
    {
        private const ulong Modulus = int.MaxValue;
        private const ulong Multiplier = 48_271;

        // Neighbours start far apart.
        private ulong _state = 1 + ((ulong)number + 1) * 7_919_317 % (Modulus - 1);

        public int Below(int exclusiveMax)
        {
            _state = _state * Multiplier % Modulus;
            return (int)(_state % (ulong)exclusiveMax);
        }

        public T From<T>(T[] choices) => choices[Below(choices.Length)];
    }
}
