using System.Text.Json.Serialization;

namespace CustomerGrains.Bench.Shared;

/// <summary>What a rider polls.</summary>
public sealed record PollView(Guid OrderId, bool PhoneUpdated, long ContactVersion);

/// <summary>Whom a rider calls.</summary>
public sealed record ContactView(
    Guid OrderId, string Status, string? Name, string? SnapshotPhone, bool PhoneUpdated,
    string? CurrentPhone, long ContactVersion,
    [property: JsonConverter(typeof(ProfileView.RawJson))] string Address);

/// <summary>What a branch sees of an order's customer.</summary>
public sealed record BranchView(
    Guid OrderId, Guid CustomerId, string? Name, string? Phone,
    [property: JsonConverter(typeof(ProfileView.RawJson))] string Address);
