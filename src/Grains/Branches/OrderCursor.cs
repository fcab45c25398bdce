using System.Buffers.Binary;
using System.Buffers.Text;
using CustomerGrains.Storage.Branches;

namespace CustomerGrains.Grains.Branches;

/// <summary>A place in a branch's list: creation time and id of the last order seen, so that it
/// stays right when orders come.</summary>
internal static class OrderCursor
{
    private const int Size = sizeof(long) + 16;

    public static string At(BranchOrder order)
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, order.CreatedAt.UtcTicks);
        order.Id.TryWriteBytes(bytes[sizeof(long)..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    /// <returns>False when the text is no such place. Null is the place before the first.</returns>
    public static bool TryParse(string? text, out (DateTimeOffset CreatedAt, Guid Id)? cursor)
    {
        cursor = null;
        if (text is null) return true;
        Span<byte> bytes = stackalloc byte[Size];
        if (text.Length > 2 * Size
            || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, bytes, out var written)
            || written != Size)
            return false;
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (ticks < DateTimeOffset.UnixEpoch.Ticks || ticks > DateTimeOffset.MaxValue.Ticks)
            return false;
        cursor = (
            new DateTimeOffset(ticks, TimeSpan.Zero),
            new Guid(bytes[sizeof(long)..], bigEndian: true));
        return true;
    }
}
