namespace CustomerGrains.Simulation.Tests.Actors;

/// <summary>Few contacts for few customers: they want each other's.</summary>
internal static class Contacts
{
    public const int Count = 5;

    public static string Phone(int number) => $"+35121000000{number}";

    public static string Email(int number) => $"u{number}@example.com";
}
