using System.Buffers;
using CustomerGrains.Domain.SignIn;
using PhoneNumbers;

namespace CustomerGrains.Grains.Contacts;

internal static class PhoneParser
{
    public const string Rule = "Must be a phone number in international form, starting with +.";

    private static readonly SearchValues<char> Typed = SearchValues.Create("0123456789 -.()");

    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <summary>E.164, or null.</summary>
    /// <remarks>Asks only whether the number is possible: ranges are allocated faster than the
    /// library is updated, and the code proves the rest. Letters and extensions are refused,
    /// though the library would read them.</remarks>
    public static string? Parse(string typed)
    {
        if (typed.Length > SignInLimits.PhoneInputLengthMax || typed[0] != '+') return null;
        if (typed.AsSpan(1).ContainsAnyExcept(Typed)) return null;
        try
        {
            var number = Numbers.Parse(typed, defaultRegion: null);
            return Numbers.IsPossibleNumber(number)
                ? Numbers.Format(number, PhoneNumberFormat.E164)
                : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
