using System.Collections.Immutable;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Sealing;
using Npgsql;
using NpgsqlTypes;

namespace CustomerGrains.Storage.Imports;

/// <summary>Imports of customers: what is still to be done, and what became of the rest. See
/// docs/adr/0017.</summary>
public sealed class ImportStore(CustomerDatabase database, KeyRing keys, TimeProvider time)
{
    /// <summary>Refusals that are kept of one import; the others are only counted.</summary>
    public const int RefusalsMax = 1_000;

    private static readonly SealedColumn Content = new("import_chunks.content");

    /// <summary>Begins an import that nobody sees before it is started. Safe to repeat.</summary>
    public Task Begin(Guid import, Guid requestedBy) =>
        Run("Imports/begin_import", import, requestedBy, time.UtcNowInMilliseconds());

    /// <summary>Keeps lines, sealed. Safe to repeat.</summary>
    public async Task Add(Guid import, ImportChunk chunk)
    {
        await using var command = database.General.Command(
            "Imports/add_chunk",
            import,
            chunk.Number,
            chunk.FirstLine,
            chunk.Lines.Count(),
            keys.SealForService(Content, ChunkId(import, chunk.Number), chunk.Content));
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    /// <summary>Starts an import whose lines are all there, unless its key started one before: then
    /// this one is dropped. Durable on return.</summary>
    /// <param name="scope">Of the idempotency key; null without.</param>
    public async Task<ImportStart> Start(Guid import, byte[]? scope, byte[]? fingerprint)
    {
        var now = time.UtcNowInMilliseconds();
        if (scope is not null)
            await Run("Imports/free_scope", scope, now - CustomerStore.ReplyLifetime)
                .ConfigureAwait(false);
        try
        {
            await using var command = database.General
                .CreateCommand(SqlText.Load("Imports/start_import"))
                .Add(NpgsqlDbType.Uuid, import)
                .Add(NpgsqlDbType.Bytea, scope)
                .Add(NpgsqlDbType.Bytea, fingerprint)
                .Add(NpgsqlDbType.TimestampTz, now);
            await command.ExecuteNonQueryAsync().ConfigureAwait(false);
            return new ImportStart(import, IsReplay: false, IsKeyReused: false);
        }
        catch (PostgresException e) when (e.ConstraintName == "imports_scope_once")
        {
            await Run("Imports/drop_import", import).ConfigureAwait(false);
            return await FindStarted(scope!, fingerprint!, now).ConfigureAwait(false);
        }
    }

    /// <summary>Imports that are to be worked off, the oldest first.</summary>
    public async Task<IReadOnlyList<Guid>> Running(int limit)
    {
        await using var command = database.General.Command("Imports/running_imports", limit);
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        var running = new List<Guid>();
        while (await reader.ReadAsync().ConfigureAwait(false)) running.Add(reader.GetGuid(0));
        return running;
    }

    /// <summary>Null when there is nothing more to do.</summary>
    public async Task<ChunkToDo?> Next(Guid import)
    {
        await using var command = database.General.Command("Imports/next_chunk", import);
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        if (!await reader.ReadAsync().ConfigureAwait(false)) return null;
        var number = reader.GetInt32(0);
        var content = keys.OpenForService(
            Content, ChunkId(import, number), reader.GetFieldValue<byte[]>(2));
        return new ChunkToDo(
            new ImportChunk(number, reader.GetInt32(1), content), reader.GetGuid(3));
    }

    /// <summary>Wipes the lines and counts what became of them, once however often it is asked.
    /// </summary>
    public async Task Finish(
        Guid import, int chunk, int created, IReadOnlyCollection<ImportRefusal> refusals)
    {
        await using var command = database.General
            .CreateCommand(SqlText.Load("Imports/finish_chunk"))
            .Add(NpgsqlDbType.Uuid, import)
            .Add(NpgsqlDbType.Integer, chunk)
            .Add(NpgsqlDbType.Integer, created)
            .Add(NpgsqlDbType.Integer, refusals.Count)
            .Add(NpgsqlDbType.Array | NpgsqlDbType.Integer, refusals.Select(r => r.Line).ToArray())
            .Add(NpgsqlDbType.Array | NpgsqlDbType.Text, refusals.Select(r => r.Code).ToArray())
            .Add(NpgsqlDbType.Array | NpgsqlDbType.Text, refusals.Select(r => r.Detail).ToArray())
            .Add(NpgsqlDbType.Integer, RefusalsMax)
            .Add(NpgsqlDbType.TimestampTz, time.UtcNowInMilliseconds());
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    /// <summary>Null when there is no such import.</summary>
    public async Task<ImportProgress?> Find(Guid import)
    {
        await using var connection = await database.General.OpenConnectionAsync()
            .ConfigureAwait(false);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("Imports/find_import", import);
        batch.Add("Imports/read_refusals", import);
        await using var reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        if (!await reader.ReadAsync().ConfigureAwait(false)) return null;
        var found = new ImportProgress(
            reader.GetString(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3),
            reader.GetInt32(4), []);
        await reader.NextResultAsync().ConfigureAwait(false);
        var report = ImmutableArray.CreateBuilder<ImportRefusal>();
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            report.Add(new ImportRefusal(
                reader.GetInt32(0), reader.GetString(1), reader.GetString(2)));
        }

        return found with { Report = report.DrainToImmutable() };
    }

    /// <summary>Whether it was this command that brought the customer into being.</summary>
    public async Task<bool> IsBirth(Guid customer, Guid commandId)
    {
        await using var command = database.General.Command("Imports/find_birth", customer);
        return await command.ExecuteScalarAsync().ConfigureAwait(false) is Guid birth
            && birth == commandId;
    }

    private async Task<ImportStart> FindStarted(
        byte[] scope, byte[] fingerprint, DateTimeOffset now)
    {
        await using var command = database.General.Command(
            "Imports/find_started", scope, now - CustomerStore.ReplyLifetime);
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        if (!await reader.ReadAsync().ConfigureAwait(false))
            throw new NpgsqlException("An import went while it was looked at.");
        return new ImportStart(
            reader.GetGuid(0),
            IsReplay: true,
            !reader.GetFieldValue<byte[]>(1).AsSpan().SequenceEqual(fingerprint));
    }

    private async Task Run(string statement, params object[] values)
    {
        await using var command = database.General.Command(statement, values);
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    /// <summary>What a chunk's seal is bound to.</summary>
    private static Guid ChunkId(Guid import, int number)
    {
        Span<byte> bytes = stackalloc byte[16];
        import.TryWriteBytes(bytes, bigEndian: true, out _);
        var last = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes[12..]);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes[12..], last ^ number);
        return new Guid(bytes, bigEndian: true);
    }
}
