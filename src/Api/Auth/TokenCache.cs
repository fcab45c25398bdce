using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace CustomerGrains.Api.Auth;

/// <summary>Successful validations, until the tokens end. Checking an ES256 signature costs
/// several hundred microseconds, a look-up here about one.</summary>
/// <remarks>Two generations bound the size without bookkeeping per look-up: when the young one is
/// full it becomes the old one, and what is still in use moves over.</remarks>
internal sealed class TokenCache(IOptions<AuthOptions> options, TimeProvider clock)
{
    private readonly Lock turning = new();
    private volatile Generation young = new();
    private volatile Generation old = new();

    /// <returns>Null when the token must be validated.</returns>
    public Task<TokenValidationResult>? Find(TokenKey key)
    {
        if (young.TryGetValue(key, out var entry)) return Living(entry);
        if (!old.TryGetValue(key, out entry)) return null;
        Add(key, entry);
        return Living(entry);
    }

    public void Add(TokenKey key, TokenValidationResult result, DateTime validTo) =>
        Add(key, new Entry(Task.FromResult(result), validTo.Ticks));

    private Task<TokenValidationResult>? Living(Entry entry) =>
        clock.GetUtcNow().Ticks < entry.EndTicks ? entry.Result : null;

    private void Add(TokenKey key, Entry entry)
    {
        var generation = young;
        generation[key] = entry;
        if (Interlocked.Increment(ref generation.Added) <= options.Value.CachedTokensMax) return;
        lock (turning)
        {
            if (young != generation) return;
            old = generation;
            young = new Generation();
        }
    }

    private sealed record Entry(Task<TokenValidationResult> Result, long EndTicks);

    private sealed class Generation : ConcurrentDictionary<TokenKey, Entry>
    {
        /// <summary>Counted by hand: <c>Count</c> of a concurrent dictionary takes all its
        /// locks.</summary>
        public int Added;
    }
}
