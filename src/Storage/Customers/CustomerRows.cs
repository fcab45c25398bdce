using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Bars;
using CustomerGrains.Storage.Contacts;
using CustomerGrains.Storage.Merges;
using CustomerGrains.Storage.Orders;
using CustomerGrains.Storage.Privacy;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Storage.Standings;
using Npgsql;

namespace CustomerGrains.Storage.Customers;

/// <summary>One customer's rows while they are read; columns in the order of
/// <c>Sql/Customers/load_*.sql</c>.</summary>
internal sealed class CustomerRows
{
    private readonly ImmutableArray<Address>.Builder _addresses =
        ImmutableArray.CreateBuilder<Address>();

    private readonly ImmutableArray<MediaAsset>.Builder _media =
        ImmutableArray.CreateBuilder<MediaAsset>();

    private readonly ImmutableArray<ActiveOrder>.Builder _orders =
        ImmutableArray.CreateBuilder<ActiveOrder>();

    private readonly ImmutableArray<MergeRecord>.Builder _merges =
        ImmutableArray.CreateBuilder<MergeRecord>();

    private readonly Customer _customer;
    private readonly DataKey _key;
    private Guid? _defaultAddressId;
    private ContactChanges _phoneChanges = ContactChanges.None;
    private ContactChanges _emailChanges = ContactChanges.None;

    private CustomerRows(Customer customer, DataKey key)
    {
        _customer = customer;
        _key = key;
    }

    public Guid Id => _customer.Id;

    public static CustomerRows ReadCustomer(NpgsqlDataReader r, KeyRing keys)
    {
        var id = r.GetGuid(0);
        var wrapped = new WrappedKey(r.GetInt32(22), r.GetFieldValue<byte[]>(23));
        var key = keys.Unwrap(id, wrapped);
        var customer = new Customer
        {
            Id = id,
            Version = r.GetInt64(1),
            Name = r.TextOrNull(2),
            Phone = key.OpenText(SealedColumn.Phone, r.BytesOrNull(3)),
            PhoneVerified = r.GetBoolean(4),
            Email = key.OpenText(SealedColumn.Email, r.BytesOrNull(5)),
            EmailVerified = r.GetBoolean(6),
            IsTemporary = r.GetBoolean(7),
            Bar = BarColumns.Read(r, 24, key),
            MergedInto = r.IsDBNull(36) ? null : r.GetGuid(36),
            Erasure = ErasureColumns.Read(r, 37),
            LastLoginAt = r.TimeOrNull(8),
            TokensValidAfter = r.TimeOrNull(9),
            CreatedAt = r.GetFieldValue<DateTimeOffset>(10),
            UpdatedAt = r.GetFieldValue<DateTimeOffset>(11),
            Profile = new Profile
            {
                Gender = StoredWords.ParseGender(r.TextOrNull(12)),
                DateOfBirth = ReadDate(key.OpenText(SealedColumn.DateOfBirth, r.BytesOrNull(13))),
                PreferredLanguage = ReadLanguage(r.GetString(14)),
                AvatarMediaId = r.IsDBNull(15) ? null : r.GetGuid(15),
                Preferences = NotificationPreferences.From(
                    JsonSerializer.Deserialize<Dictionary<string, bool>>(r.GetString(16))!),
                TotalOrders = r.GetInt32(17),
                TotalSpend = r.GetDecimal(18),
                Tier = StoredWords.ParseTier(r.GetString(19)),
                Segment = SharedText.Common.Of(r.GetString(20)),
                IsVerified = r.GetBoolean(21),
                LastDeliveredAt = r.TimeOrNull(31),
            },
            Standing = StandingColumns.Read(r, 32),
        };
        return new CustomerRows(customer, key);
    }

    public void ReadAddress(NpgsqlDataReader r)
    {
        var address = new Address
        {
            Id = r.GetGuid(1),
            Details = new AddressDetails
            {
                Label = SharedText.Common.Of(r.GetString(2)),
                Line1 = _key.OpenText(SealedColumn.AddressLine1, r.BytesOrNull(3)),
                Line2 = _key.OpenText(SealedColumn.AddressLine2, r.BytesOrNull(4)),
                City = SharedText.Common.Of(r.TextOrNull(5)),
                State = SharedText.Common.Of(r.TextOrNull(6)),
                PostalCode = r.TextOrNull(7),
                Country = SharedText.Common.Of(r.GetString(8)),
                Latitude = r.IsDBNull(9) ? null : AddressDetails.Degrees(r.GetDecimal(9)),
                Longitude = r.IsDBNull(10) ? null : AddressDetails.Degrees(r.GetDecimal(10)),
            },
            LastUsedAt = r.TimeOrNull(12),
            CreatedAt = r.GetFieldValue<DateTimeOffset>(13),
            UpdatedAt = r.GetFieldValue<DateTimeOffset>(14),
        };
        if (r.GetBoolean(11)) _defaultAddressId = address.Id;
        _addresses.Add(address);
    }

    public void ReadMedia(NpgsqlDataReader r) => _media.Add(new MediaAsset(
        r.GetGuid(1), r.GetString(2), r.GetInt64(3), r.GetFieldValue<DateTimeOffset>(4)));

    public void ReadOrder(NpgsqlDataReader r) => _orders.Add(OrderColumns.Read(r, _key));

    public void ReadMerge(NpgsqlDataReader r) => _merges.Add(MergeColumns.Read(r));

    public void ReadContactChanges(NpgsqlDataReader r, KeyRing keys)
    {
        var changes = LoadedChanges.Read(r, _key, keys);
        if (LoadedChanges.ReadChannel(r) == ContactChannel.Phone) _phoneChanges = changes;
        else _emailChanges = changes;
    }

    public LoadedCustomer ToLoaded() => new(
        _customer with
        {
            Addresses = _addresses.ToImmutable(),
            DefaultAddressId = _defaultAddressId,
            Media = _media.ToImmutable(),
            PhoneChanges = _phoneChanges,
            EmailChanges = _emailChanges,
            ActiveOrders = _orders.ToImmutable(),
            Merges = _merges.ToImmutable(),
        },
        _key);

    // Most customers share few tags: one string in memory for all of them.
    private static string ReadLanguage(string tag) =>
        tag == Profile.DefaultLanguage ? Profile.DefaultLanguage : tag;

    private static DateOnly? ReadDate(string? text) => text is null
        ? null
        : DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture);
}
