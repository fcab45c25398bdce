using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerGrains.Storage.Sealing;

/// <summary>The content of <c>keyring.json</c> and the keys derived from it (HKDF-SHA-256, one
/// derived key per use, so that no key serves two purposes).</summary>
/// <remarks>Stored format: add members, never rename. Keys are base64 of 32 bytes.</remarks>
internal sealed class KeyRingFile
{
    private readonly ConcurrentDictionary<(int Id, string Use), byte[]> _derived = new();

    [JsonPropertyName("current")]
    public required int Current { get; init; }

    [JsonPropertyName("master_keys")]
    public required Dictionary<int, byte[]> MasterKeys { get; init; }

    /// <summary>Keys the blind indexes. Not rotated with the master keys: an index under a new key
    /// is a new column.</summary>
    [JsonPropertyName("index_key")]
    public required byte[] RootIndexKey { get; init; }

    public static KeyRingFile CreateNew() => new()
    {
        Current = 1,
        MasterKeys = new() { [1] = RandomNumberGenerator.GetBytes(AesSeal.KeySize) },
        RootIndexKey = RandomNumberGenerator.GetBytes(AesSeal.KeySize),
    };

    public static KeyRingFile Read(string path)
    {
        var file = JsonSerializer.Deserialize<KeyRingFile>(File.ReadAllBytes(path))
            ?? throw new InvalidDataException("The key ring file is empty.");
        if (!file.MasterKeys.ContainsKey(file.Current)
            || file.MasterKeys.Values.Append(file.RootIndexKey).Any(k => k.Length != AesSeal.KeySize))
            throw new InvalidDataException("The key ring file lacks its current key or has a key of a wrong size.");
        return file;
    }

    public KeyRingFile WithNewMasterKey()
    {
        var next = MasterKeys.Keys.Max() + 1;
        return new KeyRingFile
        {
            Current = next,
            MasterKeys = new(MasterKeys) { [next] = RandomNumberGenerator.GetBytes(AesSeal.KeySize) },
            RootIndexKey = RootIndexKey,
        };
    }

    /// <summary>Replaces the file in one step, readable by its owner only.</summary>
    public void Write(string path)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var stream = new FileStream(temporary, options))
        {
            JsonSerializer.Serialize(stream, this);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    public bool Knows(int masterKeyId) => MasterKeys.ContainsKey(masterKeyId);

    public byte[]? WrapKey(int masterKeyId) => Derived(masterKeyId, "wrap");

    public byte[]? ServiceKey(int masterKeyId) => Derived(masterKeyId, "service");

    public byte[]? CodeKey(int masterKeyId) => Derived(masterKeyId, "code");

    public byte[] IndexKey(IndexedField field) => field switch
    {
        IndexedField.Phone => _derived.GetOrAdd((0, "index.phone"), DeriveIndexKey),
        IndexedField.ExternalId => _derived.GetOrAdd((0, "index.external_id"), DeriveIndexKey),
        IndexedField.Email => _derived.GetOrAdd((0, "index.email"), DeriveIndexKey),
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };

    private byte[]? Derived(int masterKeyId, string use) =>
        MasterKeys.TryGetValue(masterKeyId, out var master)
            ? _derived.GetOrAdd((masterKeyId, use), k => Derive(master, k.Use))
            : null;

    private byte[] DeriveIndexKey((int Id, string Use) key) => Derive(RootIndexKey, key.Use);

    private static byte[] Derive(byte[] root, string use) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, root, AesSeal.KeySize, info: Encoding.ASCII.GetBytes(use));
}
