using CustomerGrains.Domain.Customers;

namespace CustomerGrains.Storage.SignIn;

/// <summary>A phone or an email.</summary>
/// <param name="Value">E.164, or lower case.</param>
public sealed record Contact(ContactChannel Channel, string Value)
{
    /// <summary>Never the value: a contact may end up in a log line.</summary>
    public override string ToString() => $"a {Channel}";
}
