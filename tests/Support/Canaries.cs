using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CustomerGrains.Tests.Support;

/// <summary>Remembers the personal and secret values that the tests of this process sent and got,
/// and finds them where they must not be.</summary>
public sealed partial class Canaries
{
    /// <summary>Of every test in this process.</summary>
    public static readonly Canaries All = new();

    /// <summary>Values at most; fuzzed input would fill the memory.</summary>
    private const int ValuesMax = 50_000;

    /// <summary>Shorter texts may stand in a log for other reasons.</summary>
    private const int TextLengthMin = 8;

    private readonly ConcurrentDictionary<string, byte> _values = new();
    private readonly ConcurrentDictionary<string, byte> _codes = new();
    private TextWriter? _copy;

    /// <summary>Values to look for, without codes.</summary>
    public int Count => _values.Count;

    /// <summary>One-time codes to look for.</summary>
    public int CodeCount => _codes.Count;

    public void Note(string value)
    {
        if (_values.Count < ValuesMax && _values.TryAdd(value, 0)) Copy(value);
    }

    /// <summary>From now on each new value is a line of JSON there, for other processes.</summary>
    public void CopyTo(TextWriter copy) => _copy = TextWriter.Synchronized(copy);

    /// <summary>What another process copied to a file.</summary>
    public void NoteCopied(string path)
    {
        // A line may be cut short by the end of its writer.
        foreach (var line in File.ReadLines(path).Where(l => l is ['"', _, .., '"']))
        {
            var value = JsonSerializer.Deserialize<string>(line)!;
            if (Code().IsMatch(value)) _codes.TryAdd(value, 0);
            else Note(value);
        }
    }

    /// <summary>Whatever in a JSON document is somebody's, by the names of the members.</summary>
    public void NoteAllIn(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            Walk(document.RootElement, name: "");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A test of malformed input, or of text that is no Unicode.
        }
    }

    public bool Knows(string value) => _values.ContainsKey(value) || _codes.ContainsKey(value);

    /// <summary>Looks through every file of a folder and the folders in it.</summary>
    /// <returns>Where canaries were found, and which lines they are in; and how many lines were
    /// looked through.</returns>
    public (IReadOnlyList<string> Found, int Lines) FindIn(string folder)
    {
        var (search, found, lines) = (Search(), new List<string>(), 0);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using var file = new StreamReader(
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            while (file.ReadLine() is { } line)
            {
                lines++;
                if (CanaryIn(line, search) is { } canary)
                    found.Add($"{canary} in {Path.GetFileName(path)}: {line}");
            }
        }

        return (found, lines);
    }

    /// <returns>Lines of the text with a canary.</returns>
    public IReadOnlyList<string> FindInText(string text)
    {
        var search = Search();
        return
        [
            .. from line in text.Split('\n')
            let canary = CanaryIn(line, search)
            where canary is not null
            select $"{canary} in {line}",
        ];
    }

    /// <summary>As they are, in JSON, and in a URL.</summary>
    private SearchValues<string> Search() => SearchValues.Create(
        [
            .. _values.Keys.SelectMany(Forms).Distinct(),
        ],
        StringComparison.Ordinal);

    private string? CanaryIn(string line, SearchValues<string> search)
    {
        if (line.AsSpan().ContainsAny(search))
            return _values.Keys.First(value => Forms(value).Any(line.Contains));
        return SixDigits().Matches(line).FirstOrDefault(m => _codes.ContainsKey(m.Value))?.Value;
    }

    private static string[] Forms(string value) =>
        [value, JavaScriptEncoder.Default.Encode(value), Uri.EscapeDataString(value)];

    private void Walk(JsonElement element, string name)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject()) Walk(member.Value, member.Name);
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) Walk(item, name);
                break;
            case JsonValueKind.String:
                Note(name, element.GetString()!);
                break;
        }
    }

    private void Note(string member, string value)
    {
        switch (member)
        {
            case "code" or "own_code" or "other_code" when Code().IsMatch(value):
                if (_codes.TryAdd(value, 0)) Copy(value);
                break;
            case "phone" or "email" or "contact" or "new_value" or "to" or "snapshot_phone"
                or "current_phone" when Contact().IsMatch(value):
            case "access_token" or "refresh_token" or "token"
                when value.Length >= TextLengthMin * 2:
            case "date_of_birth" when DateOnly.TryParse(value, out _):
            case "name" or "line1" or "line2" or "label" or "comment" or "evidence"
                or "public_reason" or "text" when IsTelling(value):
                Note(value);
                break;
        }
    }

    private void Copy(string value) => _copy?.WriteLine(JsonSerializer.Serialize(value));

    /// <summary>One word may be the service's own as well.</summary>
    private static bool IsTelling(string value) =>
        value.Trim().Length >= TextLengthMin && value.Any(char.IsLetter)
        && value.Trim().Any(c => char.IsWhiteSpace(c) || char.IsDigit(c));

    [GeneratedRegex(@"^[0-9]{6}\z")]
    private static partial Regex Code();

    [GeneratedRegex(@"^\+[0-9]{8,15}\z|^\S+@\S+\.\S+\z")]
    private static partial Regex Contact();

    // Not within numbers, ids, times or process numbers; the numbers of log messages have six too.
    [GeneratedRegex("""(?<![0-9A-Za-z.\-\[]|EventId"?[:=]\s?)[0-9]{6}(?![0-9A-Za-z\-\]])""")]
    private static partial Regex SixDigits();
}
