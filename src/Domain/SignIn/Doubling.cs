namespace CustomerGrains.Domain.SignIn;

internal static class Doubling
{
    /// <summary>More doublings than this would overflow; every use is capped long before.</summary>
    private const int DoublingsMax = 20;

    /// <summary><paramref name="first"/> doubled <paramref name="times"/> times, at most
    /// <paramref name="longest"/>.</summary>
    public static TimeSpan Of(TimeSpan first, int times, TimeSpan longest)
    {
        var grown = first * (1L << Math.Clamp(times, 0, DoublingsMax));
        return grown < longest ? grown : longest;
    }
}
