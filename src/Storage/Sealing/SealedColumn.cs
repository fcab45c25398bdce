using System.Text;

namespace CustomerGrains.Storage.Sealing;

/// <summary>A column that holds sealed values. Its name is part of what the seal authenticates: a
/// value moved to another column does not open. Never rename one that holds data.</summary>
public sealed class SealedColumn
{
    public static readonly SealedColumn Phone = new("users.phone");
    public static readonly SealedColumn Email = new("users.email");
    public static readonly SealedColumn DateOfBirth = new("customer_profiles.date_of_birth");
    public static readonly SealedColumn AddressLine1 = new("addresses.line1");
    public static readonly SealedColumn AddressLine2 = new("addresses.line2");
    public static readonly SealedColumn JournalPersonal = new("customer_event.personal");
    public static readonly SealedColumn IdempotentReply = new("idempotent_replies.reply");
    public static readonly SealedColumn BarComment = new("customer_bars.comment");
    public static readonly SealedColumn BarPublicReason = new("customer_bars.public_reason");

    public SealedColumn(string tableAndColumn)
    {
        Name = tableAndColumn;
        NameBytes = Encoding.ASCII.GetBytes(tableAndColumn);
    }

    public string Name { get; }

    internal ReadOnlyMemory<byte> NameBytes { get; }
}
