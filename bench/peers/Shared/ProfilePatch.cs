namespace CustomerGrains.Bench.Shared;

/// <summary>A validated body of <c>PATCH /api/utc/profile</c>.</summary>
[GenerateSerializer, Immutable, Alias("bench.ProfilePatch")]
public sealed record ProfilePatch
{
    [Id(0)] public Patched<string> Name { get; init; }
    [Id(1)] public Patched<string> Gender { get; init; }
    [Id(2)] public Patched<DateOnly?> DateOfBirth { get; init; }
    [Id(3)] public Patched<string> PreferredLanguage { get; init; }

    /// <summary>JSON text of an object of flags.</summary>
    [Id(4)] public Patched<string> NotificationPreferences { get; init; }

    /// <summary>The customer after this edit; equal to the old one when nothing changes.</summary>
    public CustomerRecord ApplyTo(CustomerRecord customer) => customer with
    {
        Name = Name.Over(customer.Name),
        Gender = Gender.Over(customer.Gender),
        DateOfBirth = DateOfBirth.Over(customer.DateOfBirth),
        PreferredLanguage = PreferredLanguage.Over(customer.PreferredLanguage) ?? "en",
        NotificationPreferences = NotificationPreferences.IsPresent
            ? Preferences.Merge(customer.NotificationPreferences, NotificationPreferences.Value)
            : customer.NotificationPreferences,
    };
}
