using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace CustomerGrains.Api.Auth;

/// <summary>Successful validations, until the tokens end. Checking an ES256 signature costs
/// several hundred microseconds, a look-up here about one.</summary>
/// <remarks>Only successes are kept: a bad token costs a check every time, but no memory. Two
/// generations bound the size without bookkeeping per look-up: when the young one is full it
/// becomes the old one, and what is still in use moves over.</remarks>
internal sealed class TokenCache(IOptions<AuthOptions> options, TimeProvider clock)
{
    private readonly Lock turning = new();
    private volatile Generation young = new();
    private volatile Generation old = new();

    /// <returns>Null when the token must be validated.</returns>
    public KnownToken? Find(TokenKey key)
    {
        if (young.TryGetValue(key, out var token)) return Living(token);
        return old.TryGetValue(key, out token) ? Living(Keep(key, token)) : null;
    }

    /// <returns>What is kept under the key: <paramref name="token"/>, or its equal that came
    /// first.</returns>
    public KnownToken Keep(TokenKey key, KnownToken token)
    {
        var generation = young;
        var kept = generation.GetOrAdd(key, token);
        if (kept == token
            && Interlocked.Increment(ref generation.Added) > options.Value.CachedTokensMax)
            Turn(generation);
        return kept;
    }

    private void Turn(Generation full)
    {
        lock (turning)
        {
            if (young != full) return;
            old = full;
            young = new Generation();
        }
    }

    private KnownToken? Living(KnownToken token) =>
        clock.GetUtcNow() < token.ValidTo ? token : null;

    private sealed class Generation : ConcurrentDictionary<TokenKey, KnownToken>
    {
        /// <summary>Counted by hand: <c>Count</c> of a concurrent dictionary takes all its
        /// locks.</summary>
        public int Added;
    }
}
