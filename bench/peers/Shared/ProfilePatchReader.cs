using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CustomerGrains.Bench.Shared;

/// <summary>Reads a merge patch under the rules that the service has: known members only, JSON
/// types, lengths, ranges.</summary>
public static partial class ProfilePatchReader
{
    private const int NameLengthMax = 200;
    private const int LanguageLengthMax = 35;
    private const int AgeYearsMax = 130;

    /// <param name="errors">Member → messages; null when the patch is good.</param>
    public static ProfilePatch Read(JsonElement body, out Dictionary<string, string[]>? errors)
    {
        var patch = new ProfilePatch();
        errors = null;
        if (body.ValueKind is not JsonValueKind.Object)
        {
            errors = new() { [""] = ["Expected an object."] };
            return patch;
        }

        foreach (var member in body.EnumerateObject())
        {
            var read = Read(patch, member.Name, member.Value);
            if (read is null) (errors ??= [])[member.Name] = ["Unknown, read-only or not valid."];
            else patch = read;
        }

        return patch;
    }

    private static ProfilePatch? Read(ProfilePatch patch, string member, JsonElement value)
    {
        var isNull = value.ValueKind is JsonValueKind.Null;
        if (member == "notification_preferences")
        {
            return isNull || Preferences.AreFlags(value)
                ? patch with { NotificationPreferences = new(true, isNull ? null : value.GetRawText()) }
                : null;
        }

        if (!isNull && value.ValueKind is not JsonValueKind.String) return null;
        var text = value.GetString();
        return member switch
        {
            "name" when text is null || IsLine(text) => patch with { Name = new(true, text?.Trim()) },
            "gender" when text is null or "male" or "female" or "other" =>
                patch with { Gender = new(true, text) },
            "date_of_birth" when text is null => patch with { DateOfBirth = new(true, null) },
            "date_of_birth" when PastDate(text) is { } date =>
                patch with { DateOfBirth = new(true, date) },
            "preferred_language" when text is null || IsLanguage(text) =>
                patch with { PreferredLanguage = new(true, text) },
            _ => null,
        };
    }

    private static bool IsLine(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length is 0 or > NameLengthMax) return false;
        foreach (var letter in trimmed)
            if (char.IsControl(letter)) return false;
        return true;
    }

    private static DateOnly? PastDate(string? text)
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        return DateOnly.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date <= today && date >= today.AddYears(-AgeYearsMax) ? date : null;
    }

    private static bool IsLanguage(string text) =>
        text.Length <= LanguageLengthMax && LanguageTag().IsMatch(text);

    [GeneratedRegex("^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*\\z")]
    private static partial Regex LanguageTag();
}
