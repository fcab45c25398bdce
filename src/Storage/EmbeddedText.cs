using System.Reflection;

namespace CustomerGrains.Storage;

/// <summary>Embedded text files, named by forward slashes on whatever system built them.</summary>
internal static class EmbeddedText
{
    private static readonly Assembly Owner = typeof(EmbeddedText).Assembly;

    // MSBuild's RecursiveDir carries the separator of the building system.
    private static readonly Dictionary<string, string> Resources =
        Owner.GetManifestResourceNames().ToDictionary(name => name.Replace('\\', '/'));

    public static IEnumerable<string> Names => Resources.Keys;

    /// <summary>The text with line ends as LF, so that a checkout's settings change no checksum.</summary>
    public static string? Read(string name)
    {
        if (!Resources.TryGetValue(name, out var resource)) return null;

        using var reader = new StreamReader(Owner.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
