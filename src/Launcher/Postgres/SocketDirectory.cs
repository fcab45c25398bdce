using System.Security.Cryptography;
using System.Text;

namespace CustomerGrains.Launcher.Postgres;

/// <summary>
/// Where the server's socket lies: the only way in, as it listens on no port. Apart from the
/// data, whose path may be longer than a socket's address can be (107 bytes; 103 on macOS).
/// </summary>
internal static class SocketDirectory
{
    // Bytes of the hash in the name: enough that no two data folders of a machine meet.
    private const int HashBytes = 8;

    /// <summary>The same for the same cluster: a later launcher finds its server.</summary>
    public static string For(string cluster)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(cluster)).AsSpan(0, HashBytes);
        return "/tmp/cg-" + Convert.ToHexStringLower(hash);
    }

    /// <summary>Makes it, so that only the account (and root) can enter.</summary>
    /// <exception cref="LauncherException">Someone else has put something there.</exception>
    public static async Task Ensure(
        string path, ServerAccount account, PostgresBinaries binaries,
        CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory(path, DataDirectory.Private);
        if (folder.LinkTarget is null)
        {
            await account.Take(path, cancellation);
            if (await account.Reaches(path, binaries, cancellation))
            {
                folder.UnixFileMode = DataDirectory.Private;
                return;
            }
        }

        throw new LauncherException(
            $"{path} belongs to someone else, but the database's socket has to lie there. "
            + "Remove it.");
    }
}
