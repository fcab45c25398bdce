namespace CustomerGrains.Domain.Customers;

/// <summary>Metadata of an avatar; the bytes lie in an object store.</summary>
/// <param name="Bytes">Size of the object.</param>
public sealed record MediaAsset(
    Guid Id, string ContentType, long Bytes, DateTimeOffset CreatedAt);
