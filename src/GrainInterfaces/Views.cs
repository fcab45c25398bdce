using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace CustomerGrains.GrainInterfaces;

// The JSON the API answers with. Rendered in the silo, described by the front end's OpenAPI
// document. Add members, never rename or remove one; every member is always present.

public record ProfileView
{
    public required Guid Id { get; init; }
    public required long Version { get; init; }
    public required string? Name { get; init; }
    public required string? Phone { get; init; }
    public required string? Email { get; init; }
    public required string? Gender { get; init; }
    public required DateOnly? DateOfBirth { get; init; }
    public required string PreferredLanguage { get; init; }
    public required Guid? AvatarMediaId { get; init; }
    public required IReadOnlyDictionary<string, bool> NotificationPreferences { get; init; }
    public required string AccountStatus { get; init; }
    public required bool IsTemporary { get; init; }
    public required bool IsVerified { get; init; }
    public required bool PhoneVerified { get; init; }
    public required bool EmailVerified { get; init; }
    public required string CustomerTier { get; init; }
    public required string CustomerSegment { get; init; }
    public required int ProfileCompletionPercentage { get; init; }
    public required ImmutableArray<string> ProfileMissing { get; init; }
    public required ImmutableArray<RewardView> Rewards { get; init; }
    public required int TotalOrdersCount { get; init; }
    public required string TotalSpend { get; init; }
    public required string AverageOrderValue { get; init; }
    public required ImmutableArray<PendingChangeView> PendingChanges { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; init; }
    public required DateTime? LastLoginAt { get; init; }
}

public sealed record RewardView(string Code, DateTime GrantedAt);

public sealed record PendingChangeView(
    Guid ChangeId, string Channel, string MaskedValue, DateTime ExpiresAt);

public sealed record AddressView
{
    public required Guid Id { get; init; }
    public required string Label { get; init; }
    public required string? Line1 { get; init; }
    public required string? Line2 { get; init; }
    public required string? City { get; init; }
    public required string? State { get; init; }
    public required string? PostalCode { get; init; }
    public required string Country { get; init; }
    public required decimal? Latitude { get; init; }
    public required decimal? Longitude { get; init; }
    public required bool IsDefault { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; init; }
}

public sealed record AddressList(ImmutableArray<AddressView> Items, string? NextCursor);

public sealed record MediaView(Guid Id, string ContentType, long Bytes, DateTime CreatedAt);

/// <summary>What an app told is noted.</summary>
public sealed record ActivityView;

/// <summary>A customer as administrators see it: the profile and more.</summary>
public sealed record StaffCustomerView : ProfileView
{
    // Serialisers ask for it; nobody else does.
    public StaffCustomerView()
    {
    }

    [SetsRequiredMembers]
    public StaffCustomerView(ProfileView profile, ImmutableArray<AddressView> addresses)
        : base(profile) => Addresses = addresses;

    public required ImmutableArray<AddressView> Addresses { get; init; }

    public RiskView? Risk { get; init; }

    /// <summary>What bars the customer.</summary>
    public ImmutableArray<StandingBarView> Bars { get; init; } = [];
}

/// <summary>Under the policy of today.</summary>
/// <param name="Score">0 to 100: what the reasons add up to, within these bounds.</param>
public sealed record RiskView(
    int Score, int RuleVersion, ImmutableArray<RiskReasonView> Reasons);

/// <param name="Points">Negative when it speaks for the customer.</param>
public sealed record RiskReasonView(string Code, int Points, int Count);

/// <summary>Whether the customer is verified.</summary>
public sealed record VerificationView(bool IsVerified);

/// <param name="Comment">For administrators alone.</param>
/// <param name="By">The administrator.</param>
public sealed record StandingBarView(
    string Kind,
    string Scope,
    string ReasonCode,
    string? Comment,
    string? PublicReason,
    DateTime? Until,
    Guid By);

/// <summary>A code is on its way to the new contact.</summary>
public sealed record ContactChangeView(
    Guid ChangeId, string Channel, DateTime ExpiresAt, DateTime ResendAfter, int AttemptsLeft);

/// <param name="Result"><c>cancelled</c> or <c>undone</c>.</param>
public sealed record ContactUndoView(string Channel, string Result);

/// <summary>What a customer is barred from; all but the status is null when nothing is.</summary>
/// <param name="Kind"><c>blocked</c> or <c>suspended</c>.</param>
/// <param name="Scope"><c>all</c> or <c>ordering</c>.</param>
/// <param name="Until">Null also when only an administrator ends it.</param>
public sealed record BarView(string AccountStatus, string? Kind, string? Scope, DateTime? Until);

/// <summary>Serialises the views: snake_case, nulls written, times RFC 3339 UTC.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ProfileView))]
[JsonSerializable(typeof(AddressView))]
[JsonSerializable(typeof(AddressList))]
[JsonSerializable(typeof(MediaView))]
[JsonSerializable(typeof(ActivityView))]
[JsonSerializable(typeof(StaffCustomerView))]
[JsonSerializable(typeof(ContactChangeView))]
[JsonSerializable(typeof(ContactUndoView))]
[JsonSerializable(typeof(BarView))]
[JsonSerializable(typeof(VerificationView))]
public sealed partial class ViewJson : JsonSerializerContext;
