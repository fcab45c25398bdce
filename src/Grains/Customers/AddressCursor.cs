using System.Buffers.Binary;
using System.Buffers.Text;
using CustomerGrains.Domain.Customers;

namespace CustomerGrains.Grains.Customers;

/// <summary>A place in the list of addresses: creation time and id of the last one seen, so that
/// it stays right when addresses come and go.</summary>
internal readonly record struct AddressCursor(long CreatedAt, Guid Id)
{
    private const int Size = sizeof(long) + 16;

    public static string At(Address address)
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, address.CreatedAt.UtcTicks);
        address.Id.TryWriteBytes(bytes[sizeof(long)..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null is the place before the first.</summary>
    public static bool TryParse(string? text, out AddressCursor cursor)
    {
        cursor = new AddressCursor(long.MinValue, Guid.Empty);
        if (text is null) return true;
        Span<byte> bytes = stackalloc byte[Size];
        if (text.Length > 2 * Size
            || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, bytes, out var written)
            || written != Size)
            return false;
        cursor = new AddressCursor(
            BinaryPrimitives.ReadInt64BigEndian(bytes),
            new Guid(bytes[sizeof(long)..], bigEndian: true));
        return true;
    }

    public bool IsBefore(Address address) =>
        (CreatedAt, Id).CompareTo((address.CreatedAt.UtcTicks, address.Id)) < 0;
}
