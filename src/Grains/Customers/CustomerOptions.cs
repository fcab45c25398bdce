namespace CustomerGrains.Grains.Customers;

/// <summary>What an operator decides about customers.</summary>
public sealed class CustomerOptions
{
    private const string Token = "{token}";

    /// <summary>ISO 3166-1 alpha-2; for addresses that do not name a country.</summary>
    public string DefaultCountry { get; set; } = "IN";

    /// <summary>How long a customer can take the wish to be forgotten back. Zero: no time at all.
    /// </summary>
    public TimeSpan ErasureGrace { get; set; } = Domain.Limits.ErasureGrace;

    /// <summary>After how long without a sign of life a guest is forgotten.</summary>
    public TimeSpan GuestIdleTime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>After which time a merge goes on whose silo died, if nobody asks for it before. The
    /// shorter, the more the reminders of merges under way cost.</summary>
    public TimeSpan MergeResume { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The page that notices to old contacts lead to, with <c>{token}</c> where the token
    /// belongs, best behind a #, which no server log sees. The page posts the token to
    /// <c>/api/contact-undo</c>. Empty: the notice shows the token itself.</summary>
    public string UndoLink { get; set; } = "";

    /// <summary>False for a link that would lead nowhere.</summary>
    public bool HasUsableUndoLink =>
        UndoLink.Length == 0
        || (UndoLink.Contains(Token, StringComparison.Ordinal)
            && Uri.TryCreate(UndoLink.Replace(Token, "x", StringComparison.Ordinal),
                UriKind.Absolute, out var page)
            && page.Scheme == Uri.UriSchemeHttps);

    internal string LinkFor(string token) =>
        UndoLink.Length == 0 ? token : UndoLink.Replace(Token, token, StringComparison.Ordinal);
}
