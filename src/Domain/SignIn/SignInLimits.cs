namespace CustomerGrains.Domain.SignIn;

/// <summary>Bounds of one-time codes and sign-in. Those that are stored are repeated as CHECK
/// constraints in <c>sql/migrations</c>. NIST is SP 800-63B-4, ASVS is OWASP ASVS 5.0.</summary>
public static class SignInLimits
{
    /// <summary>Decimal digits of a code: NIST 3.1.3.2 asks for 6 at least, ASVS 6.5.4 for 20
    /// bits.</summary>
    public const int CodeDigits = 6;

    /// <summary>How many codes there are; each is equally likely.</summary>
    public const int CodesInAll = 1_000_000;

    /// <summary>How long a code is accepted: the longest that NIST 3.1.3.2 and ASVS 6.5.5 allow.
    /// </summary>
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(10);

    /// <summary>Wrong tries with one code; Kratos and Twilio have the same.</summary>
    public const int TriesPerCodeMax = 5;

    /// <summary>Wait after the first send of a series; it doubles with each further one. Keycloak's
    /// default.</summary>
    public static readonly TimeSpan ResendCooldown = TimeSpan.FromSeconds(30);

    /// <summary>A series that saw no success ends this long after its first send.</summary>
    public static readonly TimeSpan SeriesLifetime = TimeSpan.FromHours(24);

    /// <summary>Codes sent to one destination in any hour, over all customers and purposes: what a
    /// person can use, and what abuse may cost.</summary>
    public const int SendsPerHourMax = 5;

    /// <summary>Codes sent to one destination in any 24 hours, as above.</summary>
    public const int SendsPerDayMax = 10;

    /// <summary>Failures of one contact count this long, whatever happens in between: NIST 3.1.3.2
    /// forbids that a new code resets them.</summary>
    public static readonly TimeSpan FailureWindow = TimeSpan.FromHours(24);

    /// <summary>From this failure on each further try has to wait. Far below the 100 of NIST 3.2.2.
    /// </summary>
    public const int FailuresBeforeDelay = 10;

    /// <summary>Wait after failure number <see cref="FailuresBeforeDelay"/>; it doubles with each
    /// further one. NIST 3.2.2 names 30 s to one hour.</summary>
    public static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(30);

    /// <summary>A delay grows no further, so that strangers cannot lock anybody out.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    /// <summary>Failures remembered of one contact, the newest. The delay stops growing at the
    /// 17th; ten codes of five tries a day make 50.</summary>
    public const int FailuresRememberedMax = 64;

    /// <summary>How long a refresh token may be exchanged. Saleor and Spree have the same.</summary>
    public static readonly TimeSpan RefreshTokenLifetime = TimeSpan.FromDays(30);

    /// <summary>Access tokens never live shorter: a client that refreshes more often than this
    /// costs more than a stolen token could.</summary>
    public static readonly TimeSpan AccessTokenLifetimeMin = TimeSpan.FromMinutes(15);

    /// <summary>Characters of an email address (RFC 5321 section 4.5.3.1.3, less the brackets).
    /// </summary>
    public const int EmailLengthMax = 254;

    /// <summary>Characters before the @ (RFC 5321 section 4.5.3.1.1).</summary>
    public const int EmailLocalPartLengthMax = 64;

    /// <summary>Characters of a phone number as typed; E.164 has 15 digits, the rest are blanks and
    /// brackets.</summary>
    public const int PhoneInputLengthMax = 32;
}
