using CustomerGrains.Bench.Shared;

namespace CustomerGrains.Bench.EfCore;

internal sealed class UserRow
{
    public Guid Id { get; set; }

    /// <summary>Changes with every edit; an edit of an older version is refused.</summary>
    public long Version { get; set; }

    public string? Name { get; set; }
    public string? Phone { get; set; }
    public string? Email { get; set; }
    public bool PhoneVerified { get; set; }
    public bool EmailVerified { get; set; }
    public required string AccountStatus { get; set; }
    public DateTime? LastLoginAt { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime UpdatedAt { get; set; }
    public required ProfileRow Profile { get; set; }
    public List<AddressRecord> Addresses { get; set; } = [];
}

internal sealed class ProfileRow
{
    public Guid UserId { get; set; }
    public string? Gender { get; set; }
    public DateOnly? DateOfBirth { get; set; }
    public required string PreferredLanguage { get; set; }
    public required string NotificationPreferences { get; set; }
    public required string CustomerTier { get; set; }
    public required string CustomerSegment { get; set; }
    public int TotalOrdersCount { get; set; }
    public decimal TotalSpend { get; set; }
}

/// <summary>One change of one customer.</summary>
internal sealed class HistoryRow
{
    public Guid CustomerId { get; set; }

    /// <summary>The customer's version after the change.</summary>
    public long Sequence { get; set; }

    public Guid ActorId { get; set; }
    public DateTime At { get; set; }

    /// <summary>JSON array of <see cref="Change"/>.</summary>
    public required string Changes { get; set; }
}

internal sealed record Change(string Field, string? Old, string? New);

internal static class Mapping
{
    public static CustomerRecord ToRecord(this UserRow user) => new()
    {
        Id = user.Id,
        Version = user.Version,
        Name = user.Name,
        Phone = user.Phone,
        Email = user.Email,
        Gender = user.Profile.Gender,
        DateOfBirth = user.Profile.DateOfBirth,
        PreferredLanguage = user.Profile.PreferredLanguage,
        NotificationPreferences = user.Profile.NotificationPreferences,
        AccountStatus = user.AccountStatus,
        PhoneVerified = user.PhoneVerified,
        EmailVerified = user.EmailVerified,
        CustomerTier = user.Profile.CustomerTier,
        CustomerSegment = user.Profile.CustomerSegment,
        TotalOrdersCount = user.Profile.TotalOrdersCount,
        TotalSpend = user.Profile.TotalSpend,
        CreatedAt = user.CreatedAt,
        UpdatedAt = user.UpdatedAt,
        LastLoginAt = user.LastLoginAt,
    };
}
