using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace CustomerGrains.Storage;

/// <summary>The statements of this assembly, each a file under <c>Sql/</c>. What several have in
/// common is a file below <c>Parts/</c>, which they name as psql would: <c>\ir Parts/what.sql</c>,
/// relative to themselves.</summary>
public static partial class SqlText
{
    private static readonly ConcurrentDictionary<string, string> Loaded = new();

    /// <summary>The text of <c>Sql/{name}.sql</c>, with its parts; read once, then kept.</summary>
    /// <param name="name">Path below <c>Sql/</c> with forward slashes, without the extension.</param>
    /// <exception cref="ArgumentException">No such file is embedded.</exception>
    public static string Load(string name) =>
        Loaded.GetOrAdd(name, static key => Read($"Sql/{key}.sql"));

    private static string Read(string file)
    {
        var text = EmbeddedText.Read(file)
            ?? throw new ArgumentException($"No embedded statement {file}.", nameof(file));
        var folder = file[..(file.LastIndexOf('/') + 1)];
        return Part().Replace(text, part => Read(folder + part.Groups[1].Value));
    }

    [GeneratedRegex(@"^\\ir (\S+)\n", RegexOptions.Multiline)]
    private static partial Regex Part();
}
