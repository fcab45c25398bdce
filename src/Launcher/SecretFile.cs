using System.Security.Cryptography;

namespace CustomerGrains.Launcher;

/// <summary>A random password in a file that only its owner can read.</summary>
internal static class SecretFile
{
    // Bytes of randomness; as strong as the keys it leads to.
    private const int SecretBytes = 32;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The secret in the file, which is made when it is missing.</summary>
    public static string ReadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            // Renamed into place, so that a crash leaves no empty file that looks like a secret.
            Write(path + ".new", RandomNumberGenerator.GetHexString(2 * SecretBytes));
            File.Move(path + ".new", path, overwrite: true);
        }

        return File.ReadAllText(path);
    }

    /// <summary>Writes a file that never, not even for a moment, can be read by others.</summary>
    public static void Write(string path, string secret)
    {
        File.Delete(path);
        using var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        });
        using var writer = new StreamWriter(stream);
        writer.Write(secret);
    }
}
