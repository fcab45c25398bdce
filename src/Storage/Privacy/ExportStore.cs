using System.Collections.Immutable;
using System.Data;
using CustomerGrains.Domain;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Faults;
using CustomerGrains.Storage.Sealing;
using Npgsql;

namespace CustomerGrains.Storage.Privacy;

/// <summary>Makes copies of everything about a person, and keeps them for a while, sealed under the
/// person's own key. They are asked for with a commit: see <see cref="CustomerStore.Commit"/>.
/// </summary>
public sealed class ExportStore(CustomerDatabase database, KeyRing keys, TimeProvider time)
{
    /// <summary>How long a finished export can be fetched: a day, long enough for whoever asked for
    /// it in the evening, short enough that a forgotten copy is no second store.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>After this time without an answer another silo makes it. A big one takes
    /// seconds.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>Exports that one silo makes at a time, one after the other.</summary>
    private const int ClaimMax = 4;

    private const int GivenUpMax = 100;

    private static readonly SealedColumn Document = new("privacy_exports.document");

    /// <summary>Exports that count when another is asked for.</summary>
    /// <returns>The one that is being made, and when the others were asked for, oldest first.
    /// </returns>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<(Guid? Running, ImmutableArray<DateTimeOffset> Recent)> FindRecent(
        Guid customer)
    {
        await using var command = database.General.Command(
            "Privacy/recent_exports", customer, time.GetUtcNow() - Limits.ExportWindow);
        await using var reader = await command.ExecuteReaderAsync();
        var (running, recent) = (default(Guid?), ImmutableArray.CreateBuilder<DateTimeOffset>());
        while (await reader.ReadAsync())
        {
            if (reader.GetString(1) == "running") running = reader.GetGuid(0);
            recent.Add(reader.GetFieldValue<DateTimeOffset>(2));
        }

        return (running, recent.DrainToImmutable());
    }

    /// <summary>An export of this customer; null when there is none. By the clock, whatever the
    /// row says: from its end on it is not shown.</summary>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<StoredExport?> Find(DataKey key, Guid exportId)
    {
        await using var command = database.General.Command(
            "Privacy/find_export", exportId, key.CustomerId);
        await using var reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync()) return null;
        var isOver = reader.TimeOrNull(2) <= time.GetUtcNow();
        var state = isOver ? "expired" : reader.GetString(0);
        if (state != "ready") return new StoredExport(state, null);
        // One that no longer opens is as good as none.
        return key.TryOpen(Document, reader.GetFieldValue<byte[]>(1)) is { } json
            ? new StoredExport(state, ExportDocument.Read(json))
            : new StoredExport("expired", null);
    }

    /// <summary>Makes exports that wait. Repeating is safe; what one silo leaves, another
    /// finishes.</summary>
    /// <param name="failed">Told of an export that could not be made this time.</param>
    /// <returns>How many were taken.</returns>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<int> MakeDue(Action<Exception> failed, CancellationToken stop)
    {
        var now = time.UtcNowInMilliseconds();
        await using (var lost = database.General.Command(
            "Privacy/give_exports_up", now, GivenUpMax))
            await lost.ExecuteNonQueryAsync(stop);

        var taken = await Claim(now, stop);
        foreach (var (id, customer) in taken)
        {
            try
            {
                await Make(id, customer, stop);
            }
            catch (Exception e) when (e is not (NpgsqlException or OperationCanceledException))
            {
                // Concerns this one alone; it is tried again when the lease is over.
                failed(e);
            }
        }

        return taken.Count;
    }

    private async Task<List<(Guid Id, Guid Customer)>> Claim(
        DateTimeOffset now, CancellationToken stop)
    {
        await using var command = database.General.Command(
            "Privacy/claim_exports", now, now + Lease, ClaimMax);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var taken = new List<(Guid, Guid)>();
        while (await reader.ReadAsync(stop)) taken.Add((reader.GetGuid(0), reader.GetGuid(1)));
        return taken;
    }

    private async Task Make(Guid id, Guid customer, CancellationToken stop)
    {
        (DataKey Key, byte[] Document)? made;
        await using (var connection = await database.General.OpenConnectionAsync(stop))
        await using (var transaction =
            await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop))
        {
            made = await new ExportDocument(keys, time).Write(connection, customer, stop);
            await transaction.CommitAsync(stop);
        }

        FaultPoints.Pass(FaultPoints.ExportMade);
        // Nobody to export any more: the row went with the person.
        if (made is not { } done) return;
        var sealedDocument = done.Key.Seal(Document, done.Document);
        await using var command = database.General.Command("Privacy/finish_export",
            id, sealedDocument, time.UtcNowInMilliseconds() + Lifetime);
        await command.ExecuteNonQueryAsync(stop);
    }
}

/// <param name="State"><c>running</c>, <c>ready</c> or <c>expired</c>.</param>
/// <param name="Document">JSON; there exactly while ready.</param>
public sealed record StoredExport(string State, byte[]? Document);
