namespace CustomerGrains.Domain.Customers;

/// <summary>Everything that can have happened to a customer. Stored in the journal: add events
/// and members, never rename or reuse. Members marked <see cref="PersonalAttribute"/> are stored
/// sealed.</summary>
public abstract record CustomerEvent
{
    private CustomerEvent()
    {
    }

    public sealed record SignedUp(ContactChannel Channel, [property: Personal] string Contact)
        : CustomerEvent;

    public sealed record GuestCreated : CustomerEvent;

    /// <summary>Contacts of an imported customer are not proved.</summary>
    public sealed record Imported(
        [property: Personal] string? Name,
        [property: Personal] string? Phone,
        [property: Personal] string? Email,
        [property: Personal] DateOnly? DateOfBirth) : CustomerEvent;

    public sealed record SignedIn : CustomerEvent;

    /// <summary>A contact that was only known, from an import, was shown to be the
    /// customer's.</summary>
    public sealed record ContactProved(ContactChannel Channel) : CustomerEvent;

    public sealed record NameChanged(
        [property: Personal] string? Old, [property: Personal] string? New) : CustomerEvent;

    public sealed record GenderChanged(
        [property: Personal] Gender? Old, [property: Personal] Gender? New) : CustomerEvent;

    public sealed record DateOfBirthChanged(
        [property: Personal] DateOnly? Old, [property: Personal] DateOnly? New) : CustomerEvent;

    public sealed record PreferredLanguageChanged(string Old, string New) : CustomerEvent;

    public sealed record AvatarChanged(Guid? Old, Guid? New) : CustomerEvent;

    public sealed record NotificationPreferencesChanged(
        NotificationPreferences Old, NotificationPreferences New) : CustomerEvent;

    public sealed record AddressAdded(
        Guid AddressId, [property: Personal] AddressDetails Details) : CustomerEvent;

    public sealed record AddressChanged(
        Guid AddressId,
        [property: Personal] AddressDetails Old,
        [property: Personal] AddressDetails New) : CustomerEvent;

    public sealed record AddressRemoved(
        Guid AddressId, [property: Personal] AddressDetails Details) : CustomerEvent;

    /// <summary>New is null when the last address went. Chosen says that the customer asked for
    /// it, which counts as a use of the address; otherwise it came about by itself.</summary>
    public sealed record DefaultAddressChanged(Guid? Old, Guid? New, bool Chosen) : CustomerEvent;

    public sealed record MediaAdded(Guid MediaId, string ContentType, long Bytes) : CustomerEvent;

    public sealed record OrderPlaced(
        Guid OrderId,
        Guid BranchId,
        Guid? AddressId,
        CategoryNames Categories,
        decimal Total,
        DateTimeOffset PlacedAt,
        string Fingerprint,
        [property: Personal] CustomerSnapshot Snapshot) : CustomerEvent;

    /// <summary>Every step but the delivery.</summary>
    public sealed record OrderProgressed(Guid OrderId, OrderStatus Old, OrderStatus New)
        : CustomerEvent;

    public sealed record OrderDelivered(Guid OrderId, decimal Total) : CustomerEvent;

    public sealed record RiderAssigned(Guid OrderId, Guid? Old, Guid New) : CustomerEvent;

    public sealed record ContactAcknowledged(Guid OrderId, int ContactVersion) : CustomerEvent;

    public sealed record TierChanged(CustomerTier Old, CustomerTier New, int RuleVersion)
        : CustomerEvent;
}
