namespace CustomerGrains.Api.RateLimits;

/// <summary>Limits per client address, named by the endpoints that have them.</summary>
internal static class LimitNames
{
    public const string SignInStarts = "sign-in-starts";
    public const string Guests = "guests";
    public const string Undos = "undos";
}
