using System.Collections.Concurrent;

namespace CustomerGrains.Storage;

/// <summary>The statements of this assembly, each a file under <c>Sql/</c>.</summary>
internal static class SqlText
{
    private static readonly ConcurrentDictionary<string, string> Loaded = new();

    /// <summary>The text of <c>Sql/{name}.sql</c>; read once, then kept.</summary>
    /// <param name="name">Path below <c>Sql/</c> with forward slashes, without the extension.</param>
    /// <exception cref="ArgumentException">No such file is embedded.</exception>
    public static string Load(string name) =>
        Loaded.GetOrAdd(name, static key => EmbeddedText.Read($"Sql/{key}.sql")
            ?? throw new ArgumentException($"No embedded statement Sql/{key}.sql.", nameof(name)));
}
