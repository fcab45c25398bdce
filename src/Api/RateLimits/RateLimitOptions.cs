using System.ComponentModel.DataAnnotations;

namespace CustomerGrains.Api.RateLimits;

/// <summary>How much one client may ask for. Section <c>RateLimits</c>.</summary>
internal sealed class RateLimitOptions
{
    /// <summary>Requests per second and access token, in the long run.</summary>
    [Range(10, 1_000_000)]
    public int PerTokenAndSecond { get; set; } = 500;

    /// <summary>Requests one access token may send at once after a rest.</summary>
    [Range(10, 1_000_000)]
    public int PerTokenBurst { get; set; } = 1000;

    /// <summary>Limits per client address. Null: on, except in Development, where all clients
    /// share one address.</summary>
    public bool? PerAddress { get; set; }

    /// <summary>Sign-in starts per minute and client address.</summary>
    [Range(1, 1_000_000)]
    public int SignInStartsPerMinute { get; set; } = 60;

    /// <summary>New guests per minute and client address.</summary>
    [Range(1, 1_000_000)]
    public int GuestsPerMinute { get; set; } = 20;

    /// <summary>Undo and cancel tokens shown per minute and client address. Nobody can guess one;
    /// it bounds the work that trying makes.</summary>
    [Range(1, 1_000_000)]
    public int UndosPerMinute { get; set; } = 20;
}
