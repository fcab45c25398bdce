using System.Collections.Immutable;

namespace CustomerGrains.Domain.Customers;

public static partial class CustomerHistory
{
    /// <summary>Only what differs, after the id by which the address is known.</summary>
    private static ImmutableArray<HistoryChange> Of(
        Guid addressId, bool isNew, AddressDetails? old, AddressDetails? now)
    {
        var changes = ImmutableArray.CreateBuilder<HistoryChange>();
        changes.Add(new HistoryChange("address_id", isNew ? null : addressId, addressId));
        Add("label", a => a.Label);
        Add("line1", a => a.Line1, isHidden: true);
        Add("line2", a => a.Line2, isHidden: true);
        Add("city", a => a.City);
        Add("state", a => a.State);
        Add("postal_code", a => a.PostalCode);
        Add("country", a => a.Country);
        Add("latitude", a => a.Latitude, isHidden: true);
        Add("longitude", a => a.Longitude, isHidden: true);
        return changes.DrainToImmutable();

        void Add(string field, Func<AddressDetails, object?> of, bool isHidden = false)
        {
            var (before, after) = (old is null ? null : of(old), now is null ? null : of(now));
            if (Equals(before, after)) return;
            changes.Add(isHidden
                ? new HistoryChange(field, Hide(before), Hide(after))
                : new HistoryChange(field, before, after));
        }
    }
}
