namespace CustomerGrains.Domain;

/// <summary>Every bound on a customer's data. Those that are stored are repeated as CHECK
/// constraints in <c>sql/migrations</c>.</summary>
public static class Limits
{
    /// <summary>Characters (UTF-16 units) of a name. Long enough for the longest real names; one
    /// member, because a split into given and family name fits few cultures.</summary>
    public const int NameLengthMax = 200;

    /// <summary>Characters of another system's id of a customer.</summary>
    public const int ExternalIdLengthMax = 200;

    /// <summary>Characters of a segment's name.</summary>
    public const int SegmentLengthMax = 50;

    /// <summary>Characters of a BCP 47 tag; RFC 5646 section 4.4.1 asks for room for 35.</summary>
    public const int LanguageLengthMax = 35;

    /// <summary>Years before now that a date of birth may lie; the oldest documented person died
    /// at 122.</summary>
    public const int AgeYearsMax = 130;

    /// <summary>Keys of notification preferences, the three built-in ones included.</summary>
    public const int PreferenceKeysMax = 32;

    /// <summary>Characters of a preference key.</summary>
    public const int PreferenceKeyLengthMax = 32;

    /// <summary>Most living addresses of one customer. More are refused, not dropped. Saleor's
    /// default is the same.</summary>
    public const int AddressesPerCustomerMax = 100;

    public const int AddressLabelLengthMax = 50;

    /// <summary>Characters of one address line; the UPU's S42 templates stay far below.</summary>
    public const int AddressLineLengthMax = 200;

    public const int CityLengthMax = 100;

    public const int StateLengthMax = 100;

    /// <summary>Characters; the longest code in use has 10.</summary>
    public const int PostalCodeLengthMax = 16;

    /// <summary>Decimal places of a coordinate: 8 are about a millimetre.</summary>
    public const int CoordinateDecimals = 8;

    /// <summary>Avatars one customer may have registered, unused ones included.</summary>
    public const int MediaPerCustomerMax = 50;

    /// <summary>Characters of a media type.</summary>
    public const int ContentTypeLengthMax = 100;

    /// <summary>Most active orders of one customer. A family's day has a handful; a change of
    /// phone writes them all.</summary>
    public const int ActiveOrdersPerCustomerMax = 100;

    /// <summary>Most that one order may cost, in the service's currency. Room for a banquet also
    /// where a coffee costs 50,000.</summary>
    public const decimal OrderTotalMax = 99_999_999.99m;

    /// <summary>Where the sum of delivered totals stops rising: ten thousand orders of the largest
    /// total, what <c>numeric(14,2)</c> holds.</summary>
    public const decimal TotalSpendMax = 999_999_999_999.99m;

    /// <summary>Most categories of one order.</summary>
    public const int CategoriesPerOrderMax = 20;

    /// <summary>Characters of a category's name.</summary>
    public const int CategoryNameLengthMax = 50;

    /// <summary>Most categories with a minimum age.</summary>
    public const int RestrictedCategoriesMax = 200;

    /// <summary>Years; the highest minimum age of a category.</summary>
    public const int MinimumAgeMax = 130;

    /// <summary>Most orders that a tier may ask for, and free times of a sign of risk.</summary>
    public const int PolicyCountMax = 1_000_000;

    /// <summary>Where the count of a sign of risk stops rising.</summary>
    public const int RiskCountMax = 1_000_000;

    /// <summary>How far the clock of the order system may run ahead of ours.</summary>
    public static readonly TimeSpan OrderClockSkewMax = TimeSpan.FromMinutes(1);

    /// <summary>Characters of a reason code: room for a few words.</summary>
    public const int ReasonCodeLengthMax = 64;

    /// <summary>Characters (UTF-16 units) of a comment or a public reason: a paragraph.</summary>
    public const int ReasonTextLengthMax = 500;

    /// <summary>Characters of the purpose for which somebody looks at a customer's data.
    /// </summary>
    public const int PurposeLengthMax = 200;

    /// <summary>Bytes of one avatar: 10 MiB.</summary>
    public const long MediaBytesMax = 10 * 1024 * 1024;

    /// <summary>Things an app tells at once: they are one row of the journal.</summary>
    public const int ActivityItemsMax = 100;

    /// <summary>Characters of an app's session id; room for a UUID and a prefix.</summary>
    public const int SessionIdLengthMax = 64;

    /// <summary>How far an app's clock may run ahead of ours.</summary>
    public static readonly TimeSpan ActivityClockSkewMax = TimeSpan.FromMinutes(5);

    /// <summary>How long an app may keep what it tells, as when it was offline.</summary>
    public static readonly TimeSpan ActivityAgeMax = TimeSpan.FromDays(30);

    /// <summary>Days of counters in one answer: a year.</summary>
    public const int CounterDaysMax = 366;

    /// <summary>Days of counters when nobody says which.</summary>
    public const int CounterDaysDefault = 30;

    /// <summary>Wrong codes of one customer and channel within
    /// <see cref="SignIn.SignInLimits.FailureWindow"/>: two codes' worth, a chance of 1 in 100,000
    /// a day.</summary>
    public const int ContactFailuresMax = 10;

    /// <summary>How long a customer can take the wish to be forgotten back, unless an operator says
    /// otherwise. Longer than a notice of 48 hours and the 72 hours of an undo; well within the
    /// month that the GDPR gives (article 12(3)).</summary>
    public static readonly TimeSpan ErasureGrace = TimeSpan.FromDays(7);

    /// <summary>The longest an operator may set: with it the month still holds.</summary>
    public static readonly TimeSpan ErasureGraceMax = TimeSpan.FromDays(28);

    /// <summary>Exports of one customer within <see cref="ExportWindow"/>.</summary>
    public const int ExportsMax = 5;

    public static readonly TimeSpan ExportWindow = TimeSpan.FromHours(24);

    /// <summary>How long the old contact can undo a change. As long as a weekend.</summary>
    public static readonly TimeSpan UndoWindow = TimeSpan.FromHours(72);

    /// <summary>Customers that one may have absorbed: a family's worth of forgotten accounts. Each
    /// is part of the survivor's state.</summary>
    public const int MergesPerCustomerMax = 20;

    /// <summary>How long after its completion a merge can be undone: a week, in which somebody
    /// notices.</summary>
    public static readonly TimeSpan MergeUndoWindow = TimeSpan.FromDays(7);

    /// <summary>How long the contacts of a redundant customer are kept for it: an undo that was
    /// asked for at the last moment still finds them.</summary>
    public static readonly TimeSpan MergeReservation = TimeSpan.FromDays(8);
}
