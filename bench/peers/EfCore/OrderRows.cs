namespace CustomerGrains.Bench.EfCore;

internal sealed class OrderRow
{
    public Guid Id { get; set; }
    public Guid CustomerId { get; set; }
    public Guid BranchId { get; set; }
    public Guid RiderId { get; set; }
    public required string Status { get; set; }
    public required string CustomerSnapshot { get; set; }
    public bool PhoneUpdated { get; set; }
    public long ContactVersion { get; set; }
}

/// <summary>One look at a customer's data.</summary>
internal sealed class AccessRow
{
    public long Id { get; set; }
    public Guid AccessedBy { get; set; }
    public Guid CustomerId { get; set; }
    public required string Role { get; set; }
    public Guid? BranchId { get; set; }
    public required string Purpose { get; set; }
    public Guid OrderId { get; set; }
    public required string[] Fields { get; set; }
    public DateTime At { get; set; }
}

/// <summary>The first answer under an <c>Idempotency-Key</c>.</summary>
internal sealed class ReplyRow
{
    public Guid CustomerId { get; set; }
    public required byte[] Scope { get; set; }
    public required byte[] Fingerprint { get; set; }
    public required byte[] Body { get; set; }
    public long Version { get; set; }
    public DateTime At { get; set; }
}
