namespace CustomerGrains.Storage.Sealing;

/// <summary>A data key as it is stored.</summary>
/// <param name="MasterKeyId">The master key that wraps it.</param>
/// <param name="Bytes">61 bytes.</param>
public readonly record struct WrappedKey(int MasterKeyId, byte[] Bytes);

/// <summary>A one-time code as it is stored.</summary>
/// <param name="MasterKeyId">The master key from which the hash's key is derived.</param>
/// <param name="Bytes">32 bytes.</param>
public readonly record struct CodeHash(int MasterKeyId, byte[] Bytes);

/// <summary>Fields with a blind index. The name is part of the key: never rename.</summary>
public enum IndexedField
{
    Phone,
    Email,

    /// <summary>Of another system.</summary>
    ExternalId,
}
