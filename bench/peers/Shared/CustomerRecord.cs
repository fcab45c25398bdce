namespace CustomerGrains.Bench.Shared;

/// <summary>A customer as a peer holds it: what a profile shows.</summary>
[GenerateSerializer, Immutable, Alias("bench.CustomerRecord")]
public record CustomerRecord
{
    [Id(0)] public Guid Id { get; init; }
    [Id(1)] public long Version { get; init; }
    [Id(2)] public string? Name { get; init; }
    [Id(3)] public string? Phone { get; init; }
    [Id(4)] public string? Email { get; init; }
    [Id(5)] public string? Gender { get; init; }
    [Id(6)] public DateOnly? DateOfBirth { get; init; }
    [Id(7)] public string PreferredLanguage { get; init; } = "en";

    /// <summary>A JSON object of flags, passed through as it is stored.</summary>
    [Id(8)] public string NotificationPreferences { get; init; } = Preferences.Default;

    [Id(9)] public string AccountStatus { get; init; } = "active";
    [Id(10)] public bool PhoneVerified { get; init; }
    [Id(11)] public bool EmailVerified { get; init; }
    [Id(12)] public string CustomerTier { get; init; } = "new";
    [Id(13)] public string CustomerSegment { get; init; } = "general";
    [Id(14)] public int TotalOrdersCount { get; init; }
    [Id(15)] public decimal TotalSpend { get; init; }
    [Id(16)] public DateTime CreatedAt { get; init; }
    [Id(17)] public DateTime UpdatedAt { get; init; }
    [Id(18)] public DateTime? LastLoginAt { get; init; }
}
