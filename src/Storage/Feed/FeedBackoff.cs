using Orleans.Runtime.Providers;

namespace CustomerGrains.Storage.Feed;

/// <summary>Pauses between attempts to read or to deliver: they double from 100 ms to 5 s. The
/// defaults of Orleans begin at 1 s and 10 s, far beyond the lag that is promised.</summary>
internal sealed class FeedBackoff : IMessageDeliveryBackoffProvider, IQueueReaderBackoffProvider
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Beyond it every pause is the longest.</summary>
    private const int DoublingsMax = 10;

    public TimeSpan Next(int attempt)
    {
        var pause = First * (1 << Math.Clamp(attempt, 0, DoublingsMax));
        return pause < Longest ? pause : Longest;
    }
}
