using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CustomerGrains.Storage.Schema;

/// <summary>One forward step of the schema; never edited after it landed.</summary>
/// <param name="Number">Place in the order; dense from 0 (what Orleans itself needs).</param>
/// <param name="Name">The file's name without number and extension.</param>
/// <param name="Text">The statements, run in one transaction.</param>
public sealed record Migration(int Number, string Name, string Text)
{
    private const string OrleansSchema = "schema/orleans-schema.sql";
    private const string Folder = "schema/migrations/";

    // "0007_what.sql": four digits, then an underscore.
    private const int DigitsOfNumber = 4;

    /// <summary>The steps embedded in this assembly, in order.</summary>
    public static ImmutableArray<Migration> Embedded { get; } = [.. ReadEmbedded()];

    /// <summary>SHA-256 of the text as UTF-8 with LF line ends.</summary>
    public ImmutableArray<byte> Checksum =>
        [.. SHA256.HashData(Encoding.UTF8.GetBytes(Text))];

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Number:D4}_{Name}");

    private static IEnumerable<Migration> ReadEmbedded()
    {
        if (EmbeddedText.Read(OrleansSchema) is { } orleans)
            yield return new Migration(0, "orleans-schema", orleans);

        var files = EmbeddedText.Names
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal));
        foreach (var file in files.Order(StringComparer.Ordinal))
            yield return Read(file);
    }

    private static Migration Read(string resource)
    {
        var file = Path.GetFileNameWithoutExtension(resource);
        var number = int.Parse(file.AsSpan(0, DigitsOfNumber), CultureInfo.InvariantCulture);
        return new Migration(number, file[(DigitsOfNumber + 1)..], EmbeddedText.Read(resource)!);
    }
}
