namespace CustomerGrains.Domain.Customers;

/// <summary>What a branch sees of the customer of one of its orders: what was true when the order
/// was placed, and a phone that changed while it is under way. What a customer becomes afterwards
/// is none of the branch's business.</summary>
public static class BranchSight
{
    /// <param name="present">The customer's name now.</param>
    public static string? Name(CustomerSnapshot snapshot, string? present, bool isActive) =>
        snapshot.Name ?? (isActive ? present : null);

    /// <param name="present">The customer's phone now.</param>
    /// <param name="contactVersion">How often it changed while the order was active.</param>
    public static string? Phone(
        CustomerSnapshot snapshot, string? present, int contactVersion, bool isActive) =>
        isActive && contactVersion > 0 ? present : snapshot.Phone;
}
