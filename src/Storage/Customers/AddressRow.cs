using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Sealing;

namespace CustomerGrains.Storage.Customers;

/// <summary>An address as it goes to the database.</summary>
internal sealed record AddressRow
{
    /// <summary>Bytes that one sends, about; for the bound of a batch.</summary>
    public const int UsualBytes = 400;

    public required Guid CustomerId { get; init; }
    public required long Version { get; init; }
    public required Address Address { get; init; }
    public required byte[]? Line1 { get; init; }
    public required byte[]? Line2 { get; init; }
    public required bool IsDefault { get; init; }
    public required DateTimeOffset? DeletedAt { get; init; }

    /// <summary>The rows that differ between a commit's two states: added, changed, removed, and
    /// those whose being the default changed.</summary>
    public static AddressRow[] Changes(CustomerCommit commit)
    {
        var (before, after) = (commit.Before, commit.After);
        // They are the survivor's by now.
        if (after.MergedInto is not null) return [];
        var defaultMoved = before.DefaultAddressId != after.DefaultAddressId;
        if (before.Addresses == after.Addresses && !defaultMoved) return [];

        var rows = new List<AddressRow>();
        foreach (var address in after.Addresses)
        {
            var moved = defaultMoved
                && (address.Id == before.DefaultAddressId || address.Id == after.DefaultAddressId);
            if (moved || !ReferenceEquals(before.FindAddress(address.Id), address))
                rows.Add(Row(commit, address, address.Id == after.DefaultAddressId, deletedAt: null));
        }

        foreach (var address in before.Addresses)
        {
            if (after.FindAddress(address.Id) is null && !IsReturned(commit, address.Id))
                rows.Add(Row(commit, address, isDefault: false, commit.At));
        }

        return [.. rows];
    }

    /// <summary>It lives on elsewhere.</summary>
    private static bool IsReturned(CustomerCommit commit, Guid addressId) =>
        commit.Events.Any(e => e is CustomerEvent.AddressMovedOut o && o.AddressId == addressId);

    private static AddressRow Row(
        CustomerCommit commit, Address address, bool isDefault, DateTimeOffset? deletedAt) => new()
    {
        CustomerId = commit.After.Id,
        Version = commit.After.Version,
        Address = address,
        Line1 = commit.Key.Seal(SealedColumn.AddressLine1, address.Details.Line1),
        Line2 = commit.Key.Seal(SealedColumn.AddressLine2, address.Details.Line2),
        IsDefault = isDefault,
        DeletedAt = deletedAt,
    };
}
