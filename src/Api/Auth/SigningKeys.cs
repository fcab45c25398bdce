using CustomerGrains.GrainInterfaces;
using Microsoft.IdentityModel.Tokens;

namespace CustomerGrains.Api.Auth;

/// <summary>The public keys of the service's own issuer, fetched from the silos and kept.</summary>
internal sealed class SigningKeys(IGrainFactory grains, TimeProvider clock) : IDisposable
{
    /// <summary>A token with an unknown key id makes us look again, but not more often than this,
    /// or made-up ids would become calls to the silos.</summary>
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(3);

    /// <summary>How stale the published set may be.</summary>
    private static readonly TimeSpan PublishedFor = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim fetching = new(1);
    private volatile Fetched? latest;

    /// <summary>The keys, looked up again when none has this id.</summary>
    /// <exception cref="TryAgainException">No silo answered.</exception>
    public async ValueTask<IList<SecurityKey>> Find(string? keyId)
    {
        var fetched = latest;
        if (fetched is null || (!fetched.Has(keyId) && fetched.IsOlderThan(LookAgainAfter, clock)))
            fetched = await Fetch(LookAgainAfter);
        return fetched.Keys;
    }

    /// <summary>The key set as published, UTF-8 JSON.</summary>
    public async ValueTask<byte[]> GetDocument()
    {
        var fetched = latest;
        if (fetched is null || fetched.IsOlderThan(PublishedFor, clock))
            fetched = await Fetch(PublishedFor);
        return fetched.Document;
    }

    public void Dispose() => fetching.Dispose();

    private async Task<Fetched> Fetch(TimeSpan unlessYoungerThan)
    {
        await fetching.WaitAsync();
        try
        {
            if (latest is { } known && !known.IsOlderThan(unlessYoungerThan, clock)) return known;
            var document = await grains.GetGrain<ISignInGrain>(0).GetKeySet();
            return latest = new Fetched(document, clock.GetTimestamp());
        }
        finally
        {
            fetching.Release();
        }
    }

    private sealed class Fetched(byte[] document, long at)
    {
        public byte[] Document { get; } = document;

        public IList<SecurityKey> Keys { get; } =
            new JsonWebKeySet(System.Text.Encoding.UTF8.GetString(document)).GetSigningKeys();

        public bool Has(string? keyId) => Keys.Any(key => key.KeyId == keyId);

        public bool IsOlderThan(TimeSpan age, TimeProvider clock) => clock.GetElapsedTime(at) > age;
    }
}
