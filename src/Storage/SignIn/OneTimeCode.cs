using System.Globalization;
using CustomerGrains.Domain.SignIn;

namespace CustomerGrains.Storage.SignIn;

internal static class OneTimeCode
{
    /// <summary>Six digits, every value equally likely, leading zeros kept.</summary>
    public static string New(IRandom random) =>
        random.Next(SignInLimits.CodesInAll)
            .ToString("D" + SignInLimits.CodeDigits, CultureInfo.InvariantCulture);
}
