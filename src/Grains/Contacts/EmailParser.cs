using System.Buffers;
using System.Globalization;
using System.Text;
using CustomerGrains.Domain.SignIn;

namespace CustomerGrains.Grains.Contacts;

internal static class EmailParser
{
    public const string Rule = "Must be an email address like name@example.com.";

    /// <summary>What only display names, comments, lists and quoted forms contain.</summary>
    private static readonly SearchValues<char> NotInPlainAddresses =
        SearchValues.Create("<>()[],;:\"\\");

    /// <summary>Lower case, or null.</summary>
    /// <remarks>Deliberately short of RFC 5321: the code proves that the address works. The local
    /// part is lowered too, since no provider in use tells its cases apart.</remarks>
    public static string? Parse(string typed)
    {
        if (typed.Length > SignInLimits.EmailLengthMax || !IsPlain(typed)) return null;
        var at = typed.IndexOf('@', StringComparison.Ordinal);
        if (at is < 1 or > SignInLimits.EmailLocalPartLengthMax || at != typed.LastIndexOf('@'))
            return null;
        var local = typed.AsSpan(0, at);
        var domain = typed.AsSpan(at + 1);
        if (!HasWholeParts(local) || !HasWholeParts(domain) || !domain.Contains('.')) return null;

        var lowered = typed.ToLowerInvariant();
        return Encoding.UTF8.GetByteCount(lowered) <= SignInLimits.EmailLengthMax ? lowered : null;
    }

    // Half a surrogate pair becomes the same replacement as any other: two addresses, one index.
    private static bool IsPlain(string text) =>
        !text.AsSpan().ContainsAny(NotInPlainAddresses)
        && text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar
            && !Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune)
            && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format);

    private static bool HasWholeParts(ReadOnlySpan<char> part) =>
        part.Length > 0 && part[0] != '.' && part[^1] != '.'
        && part.IndexOf("..", StringComparison.Ordinal) < 0;
}
