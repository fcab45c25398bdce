using System.Globalization;
using System.Text.RegularExpressions;

namespace CustomerGrains.Domain;

/// <summary>Rules for text that people type.</summary>
public static partial class TextRules
{
    /// <summary>Trims, then wants 1 to <paramref name="lengthMax"/> characters, none of them a
    /// control character or half of a surrogate pair. Null passes.</summary>
    public static string? Line(Validation validation, string member, string? value, int lengthMax)
    {
        if (value is null) return null;
        var text = value.Trim();
        if (text.Length == 0 || text.Length > lengthMax)
            validation.Refuse(member, $"Must have 1 to {lengthMax} characters.");
        else if (!IsPlain(text))
            validation.Refuse(member, "Must not contain control characters.");
        return text;
    }

    /// <summary>Trims, then wants at most <paramref name="lengthMax"/> characters; of control
    /// characters only tabs and line ends. Nothing but blanks counts as null.</summary>
    public static string? Paragraph(
        Validation validation, string member, string? value, int lengthMax)
    {
        var text = value?.Trim();
        if (string.IsNullOrEmpty(text)) return null;
        if (text.Length > lengthMax)
            validation.Refuse(member, $"Must have at most {lengthMax} characters.");
        else if (!IsPlain(text.Replace('\n', ' ').Replace('\r', ' ').Replace('\t', ' ')))
            validation.Refuse(member, "Must not contain control characters but line ends.");
        return text;
    }

    /// <summary>A calendar date <c>YYYY-MM-DD</c>, not after <paramref name="today"/> and not
    /// more than <see cref="Limits.AgeYearsMax"/> years before it.</summary>
    public static DateOnly? PastDate(
        Validation validation, string member, string? value, DateOnly today)
    {
        if (value is null) return null;
        if (!DateOnly.TryParseExact(
                value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            validation.Refuse(member, "Must be a calendar date in the form YYYY-MM-DD.");
        else if (date > today)
            validation.Refuse(member, "Must not lie in the future.");
        else if (date < today.AddYears(-Limits.AgeYearsMax))
            validation.Refuse(member, $"Must not lie more than {Limits.AgeYearsMax} years back.");
        return date;
    }

    /// <summary>A well-formed BCP 47 tag, returned in its usual case.</summary>
    public static string? Language(Validation validation, string member, string? value)
    {
        if (value is null) return null;
        if (value.Length > Limits.LanguageLengthMax || !LanguageTag().IsMatch(value))
            validation.Refuse(member, "Must be a BCP 47 language tag such as en or pt-BR.");
        return value;
    }

    /// <summary>Like <c>image/png</c>: type and subtype without parameters (RFC 6838), lower
    /// case.</summary>
    public static bool IsMediaType(string value) =>
        value.Length <= Limits.ContentTypeLengthMax && MediaType().IsMatch(value);

    /// <summary>Whether a text could be a one-time code: what could not is not counted as a wrong
    /// one.</summary>
    public static bool IsCode(string text) =>
        text.Length == SignIn.SignInLimits.CodeDigits && text.All(char.IsAsciiDigit);

    /// <summary>Like <c>payment-fraud</c>.</summary>
    public static bool IsReasonCode(string text) =>
        text.Length is >= 1 and <= Limits.ReasonCodeLengthMax && ReasonCode().IsMatch(text);

    public static bool IsPreferenceKey(string key) =>
        key.Length <= Limits.PreferenceKeyLengthMax && PreferenceKey().IsMatch(key);

    private static bool IsPlain(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i])) return false;
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsSurrogatePair(text, i)) return false;
            i++;
        }

        return true;
    }

    [GeneratedRegex("^[a-zA-Z]{2,3}(-[a-zA-Z]{4})?(-([a-zA-Z]{2}|[0-9]{3}))?(-([a-zA-Z0-9]{5,8}|[0-9][a-zA-Z0-9]{3}))*\\z")]
    private static partial Regex LanguageTag();

    [GeneratedRegex("^[a-z]+/[a-z0-9][a-z0-9!#$&^_.+-]*\\z")]
    private static partial Regex MediaType();

    [GeneratedRegex("^[a-z0-9-]+\\z")]
    private static partial Regex ReasonCode();

    [GeneratedRegex("^[a-z][a-z0-9_]*\\z")]
    private static partial Regex PreferenceKey();
}
