using System.Text.Json.Serialization;

namespace CustomerGrains.Bench.Shared;

/// <summary>An address as a peer holds it, and as the API shows it.</summary>
public sealed class AddressRecord
{
    public Guid Id { get; set; }
    [JsonIgnore] public Guid UserId { get; set; }
    public string? Label { get; set; }
    public string? Line1 { get; set; }
    public string? Line2 { get; set; }
    public string? City { get; set; }
    public string? State { get; set; }
    public string? PostalCode { get; set; }
    public string? Country { get; set; }
    public decimal? Latitude { get; set; }
    public decimal? Longitude { get; set; }
    public bool IsDefault { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime UpdatedAt { get; set; }
}

/// <summary>All addresses of a customer, never paged.</summary>
public sealed record AddressList(IReadOnlyList<AddressRecord> Items, string? NextCursor = null);
