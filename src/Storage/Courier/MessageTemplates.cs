using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Domain.SignIn;

namespace CustomerGrains.Storage.Courier;

/// <summary>What messages say, by language: <c>Courier/Templates/*.json</c>.</summary>
public sealed record MessageTemplates(
    [property: JsonPropertyName("code")] MessageTemplate Code,
    [property: JsonPropertyName("change_requested")] MessageTemplate ChangeRequested,
    [property: JsonPropertyName("change_completed")] MessageTemplate ChangeCompleted,
    [property: JsonPropertyName("erasure_requested")] MessageTemplate ErasureRequested)
{
    private const string Folder = "templates/";
    private const string Extension = ".json";

    private static readonly FrozenDictionary<string, MessageTemplates> ByLanguage =
        EmbeddedText.Names
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .ToFrozenDictionary(
                name => name[Folder.Length..^Extension.Length],
                name => JsonSerializer.Deserialize<MessageTemplates>(EmbeddedText.Read(name)!)!
                    with { Language = name[Folder.Length..^Extension.Length] },
                StringComparer.OrdinalIgnoreCase);

    /// <summary>The texts' own, BCP 47.</summary>
    [JsonIgnore]
    public string Language { get; private init; } = Profile.DefaultLanguage;

    /// <summary>Languages there are texts for.</summary>
    public static IEnumerable<string> Languages => ByLanguage.Keys;

    /// <summary>The nearest there is: <c>pt-BR</c>, then <c>pt</c>, then the default.</summary>
    /// <param name="language">BCP 47.</param>
    public static MessageTemplates For(string language)
    {
        for (var tag = language; tag.Length > 0;)
        {
            if (ByLanguage.TryGetValue(tag, out var found)) return found;
            var cut = tag.LastIndexOf('-');
            tag = cut < 0 ? "" : tag[..cut];
        }

        return ByLanguage[Profile.DefaultLanguage];
    }
}

public sealed record MessageTemplate(
    [property: JsonPropertyName("subject")] string Subject,
    [property: JsonPropertyName("text")] string Text)
{
    private static readonly string Minutes = Whole(SignInLimits.CodeLifetime.TotalMinutes);
    private static readonly string Hours = Whole(Limits.UndoWindow.TotalHours);

    /// <param name="secret">The code, the token or its link, or the time that the message is
    /// about.</param>
    public string Fill(string secret) => Text
        .Replace("{code}", secret, StringComparison.Ordinal)
        .Replace("{token}", secret, StringComparison.Ordinal)
        .Replace("{time}", secret, StringComparison.Ordinal)
        .Replace("{minutes}", Minutes, StringComparison.Ordinal)
        .Replace("{hours}", Hours, StringComparison.Ordinal);

    private static string Whole(double number) =>
        number.ToString("0", CultureInfo.InvariantCulture);
}
