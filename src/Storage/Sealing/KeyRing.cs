using System.Security.Cryptography;
using System.Text;

namespace CustomerGrains.Storage.Sealing;

/// <summary>The master keys: they wrap the customers' data keys, seal rows that belong to no
/// customer, and key the blind indexes and code hashes.</summary>
/// <remarks>Thread-safe. Reads its file again when a row names a key it does not know and, at most
/// once a second, before it wraps: a rotation reaches running silos without a restart.</remarks>
public sealed class KeyRing
{
    private static readonly TimeSpan RecheckInterval = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly Lock _reading = new();
    private volatile KeyRingFile _file;
    private long _checkedAt;
    private DateTime _writtenAt;

    private KeyRing(string path, TimeProvider time)
    {
        _path = path;
        _time = time;
        _checkedAt = time.GetTimestamp();
        _writtenAt = File.GetLastWriteTimeUtc(path);
        _file = KeyRingFile.Read(path);
    }

    /// <summary>The id under which new data keys are wrapped now.</summary>
    public int CurrentMasterKey => Fresh().Current;

    /// <summary>Makes <c>keyring.json</c> (mode 0600) in a folder that has none.</summary>
    public static void CreateIfMissing(string keysDirectory)
    {
        var path = PathIn(keysDirectory);
        if (!File.Exists(path)) KeyRingFile.CreateNew().Write(path);
    }

    /// <summary>Whether the folder has one: whether it is the keys folder of a service.</summary>
    public static bool IsIn(string keysDirectory) => File.Exists(PathIn(keysDirectory));

    /// <exception cref="FileNotFoundException">The folder has no key ring.</exception>
    /// <exception cref="InvalidDataException">The file is not a key ring.</exception>
    public static KeyRing Open(string keysDirectory, TimeProvider time) =>
        new(PathIn(keysDirectory), time);

    /// <summary>Adds a new master key and makes it the current one, in the file. Running processes
    /// notice within a second or when they first meet it.</summary>
    /// <returns>The new key's id.</returns>
    public int Rotate()
    {
        lock (_reading)
        {
            var rotated = KeyRingFile.Read(_path).WithNewMasterKey();
            rotated.Write(_path);
            _file = rotated;
            return rotated.Current;
        }
    }

    /// <summary>Wraps a data key under the current master key.</summary>
    public WrappedKey Wrap(DataKey key)
    {
        var file = Fresh();
        var wrapped = AesSeal.Seal(
            file.WrapKey(file.Current)!, key.Bytes, WrapContext(key.CustomerId, file.Current));
        return new WrappedKey(file.Current, wrapped);
    }

    /// <exception cref="CryptographicException">No such master key, or not this customer's.
    /// </exception>
    public DataKey Unwrap(Guid customerId, WrappedKey wrapped)
    {
        var master = Known(wrapped.MasterKeyId).WrapKey(wrapped.MasterKeyId)!;
        var context = WrapContext(customerId, wrapped.MasterKeyId);
        return new DataKey(customerId, AesSeal.Open(master, wrapped.Bytes, context));
    }

    /// <summary>HMAC-SHA-256 under the field's own key: equal values have equal indexes, and
    /// nothing else can be learnt without the key. 32 bytes.</summary>
    /// <param name="field">Part of the key's derivation; two fields never share indexes.</param>
    /// <param name="normalizedValue">E.164, or lower-case email: equality is of bytes.</param>
    public byte[] BlindIndex(IndexedField field, string normalizedValue) =>
        HMACSHA256.HashData(
            _file.IndexKey(field), Encoding.UTF8.GetBytes(normalizedValue));

    /// <summary>HMAC-SHA-256 of a one-time code, bound to its challenge. 32 bytes.</summary>
    public CodeHash HashCode(Guid challengeId, string code)
    {
        var file = Fresh();
        return new CodeHash(file.Current, HashCode(file, file.Current, challengeId, code));
    }

    /// <summary>Compares in constant time.</summary>
    public bool CodeMatches(CodeHash hash, Guid challengeId, string code) =>
        CryptographicOperations.FixedTimeEquals(
            hash.Bytes, HashCode(Known(hash.MasterKeyId), hash.MasterKeyId, challengeId, code));

    /// <summary>Seals a value of a row that belongs to no customer.</summary>
    /// <remarks>Four bytes key id (big-endian), then the seal.</remarks>
    public byte[] SealForService(SealedColumn column, Guid rowId, string plain)
    {
        var file = Fresh();
        var inner = AesSeal.Seal(
            file.ServiceKey(file.Current)!, Encoding.UTF8.GetBytes(plain), RowContext(column, rowId));
        var sealedValue = new byte[sizeof(int) + inner.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(sealedValue, file.Current);
        inner.CopyTo(sealedValue, sizeof(int));
        return sealedValue;
    }

    /// <exception cref="CryptographicException">Sealed elsewhere, or changed since.</exception>
    public string OpenForService(SealedColumn column, Guid rowId, ReadOnlySpan<byte> sealedValue)
    {
        if (sealedValue.Length < sizeof(int))
            throw new CryptographicException("Not a sealed value of a known format.");
        var id = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(sealedValue);
        return Encoding.UTF8.GetString(AesSeal.Open(
            Known(id).ServiceKey(id)!, sealedValue[sizeof(int)..], RowContext(column, rowId)));
    }

    private static string PathIn(string keysDirectory) =>
        Path.Combine(keysDirectory, "keyring.json");

    private static byte[] HashCode(KeyRingFile file, int keyId, Guid challengeId, string code) =>
        HMACSHA256.HashData(
            file.CodeKey(keyId)!,
            (byte[])[.. challengeId.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(code)]);

    private static byte[] WrapContext(Guid customerId, int masterKeyId) =>
        [.. "customer_data_keys.wrapped_key"u8, .. customerId.ToByteArray(bigEndian: true),
         .. BitConverter.GetBytes(System.Net.IPAddress.HostToNetworkOrder(masterKeyId))];

    private static byte[] RowContext(SealedColumn column, Guid rowId) =>
        [.. column.NameBytes.Span, .. rowId.ToByteArray(bigEndian: true)];

    private KeyRingFile Known(int masterKeyId)
    {
        if (_file.Knows(masterKeyId)) return _file;
        lock (_reading)
        {
            if (!_file.Knows(masterKeyId)) _file = KeyRingFile.Read(_path);
        }

        return _file.Knows(masterKeyId)
            ? _file
            : throw new CryptographicException($"The key ring has no master key {masterKeyId}.");
    }

    private KeyRingFile Fresh()
    {
        if (_time.GetElapsedTime(Interlocked.Read(ref _checkedAt)) < RecheckInterval) return _file;
        lock (_reading)
        {
            Interlocked.Exchange(ref _checkedAt, _time.GetTimestamp());
            var writtenAt = File.GetLastWriteTimeUtc(_path);
            if (writtenAt == _writtenAt) return _file;
            _writtenAt = writtenAt;
            return _file = KeyRingFile.Read(_path);
        }
    }
}
