namespace CustomerGrains.Domain;

/// <summary>Marks a member of an event that is not for the customer's eyes: it names staff or
/// riders, says what they noted for themselves, or is of use inside alone. Exports leave it
/// out.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InternalAttribute : Attribute;
