using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CustomerGrains.Domain.SignIn;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Faults;
using Npgsql;

namespace CustomerGrains.Storage.SignIn;

/// <summary>Refresh tokens: 256 random bits, of which only a SHA-256 is stored, good for one
/// exchange.</summary>
/// <remarks>Showing a token that was exchanged before revokes its whole family, however soon it
/// comes: a thief and a client that lost an answer look the same, and a grace period would give
/// both a second pair (RFC 9700 section 4.14.2). Such a client signs in again.</remarks>
public sealed class RefreshTokenStore(
    NpgsqlDataSource database, IRandom random, TimeProvider time)
{
    private const int TokenBytes = 32;

    /// <summary>32 bytes in base64url; what is longer is not ours and not worth a look-up.</summary>
    private const int TokenLength = 43;

    /// <summary>Starts a new family.</summary>
    public async Task<string> Issue(Guid customerId)
    {
        var now = time.UtcNowInMilliseconds();
        var token = NewToken();
        await using var command = database.Command("SignIn/insert-refresh-token",
            Hash(token), Guid.CreateVersion7(now), customerId,
            now + SignInLimits.RefreshTokenLifetime, now);
        await command.ExecuteNonQueryAsync();
        return token;
    }

    /// <summary>Exchanges a token for the next of its family. Of parallel exchanges of one token at
    /// most one succeeds.</summary>
    /// <returns>Null when the token is unknown, expired, revoked or was exchanged before, or its
    /// holder is gone or has revoked all tokens. Without a new token when the holder is barred:
    /// then nothing happened, and the token is good again once the bar is gone.</returns>
    public async Task<ExchangedToken?> Exchange(string token)
    {
        if (token.Length != TokenLength) return null;
        var hash = Hash(token);
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var stored = await Lock(connection, hash);
        if (stored is null) return null;

        var now = time.UtcNowInMilliseconds();
        if (stored.RevokedAt is not null || now >= stored.ExpiresAt) return null;
        var (mayRefresh, isBarred) = stored.UsedAt is null
            ? await AskOfHolder(connection, stored.CustomerId, hash, now)
            : default;
        if (mayRefresh && isBarred) return new ExchangedToken(null, stored.CustomerId);
        var next = mayRefresh ? NewToken() : null;
        await using (var batch = connection.CreateBatch())
        {
            if (next is null)
            {
                batch.Add("SignIn/revoke-family", stored.Family, now);
            }
            else
            {
                batch.Add("SignIn/use-refresh-token", hash, now);
                batch.Add("SignIn/insert-refresh-token", Hash(next), stored.Family,
                    stored.CustomerId, now + SignInLimits.RefreshTokenLifetime, now);
            }

            await batch.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
        if (next is not null) FaultPoints.Pass(FaultPoints.TokenSpent);
        return next is null ? null : new ExchangedToken(next, stored.CustomerId);
    }

    /// <summary>Revokes the token's family; nothing when there is no such token.</summary>
    public async Task Revoke(string token)
    {
        if (token.Length != TokenLength) return;
        await using var command = database.Command(
            "SignIn/revoke-family-of-token", Hash(token), time.UtcNowInMilliseconds());
        await command.ExecuteNonQueryAsync();
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static async Task<StoredToken?> Lock(NpgsqlConnection connection, byte[] hash)
    {
        await using var batch = connection.CreateBatch();
        batch.Add("SignIn/hold-holder-of-token", hash);
        batch.Add("SignIn/lock-refresh-token", hash);
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        return await reader.ReadAsync()
            ? new StoredToken(
                reader.GetGuid(0),
                reader.GetGuid(1),
                reader.GetFieldValue<DateTimeOffset>(2),
                reader.TimeOrNull(3),
                reader.TimeOrNull(4))
            : null;
    }

    private static async Task<(bool MayRefresh, bool IsBarred)> AskOfHolder(
        NpgsqlConnection connection, Guid customerId, byte[] hash, DateTimeOffset now)
    {
        await using var batch = connection.CreateBatch();
        batch.Add("SignIn/holder-may-refresh", customerId, hash, now);
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetBoolean(0), reader.GetBoolean(1));
    }

    private string NewToken()
    {
        Span<byte> bytes = stackalloc byte[TokenBytes];
        random.Fill(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    private sealed record StoredToken(
        Guid Family,
        Guid CustomerId,
        DateTimeOffset ExpiresAt,
        DateTimeOffset? UsedAt,
        DateTimeOffset? RevokedAt);
}
