using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Journal;
using CustomerGrains.Storage.Sealing;
using Npgsql;

namespace CustomerGrains.Storage.Privacy;

/// <summary>Writes everything that is stored about one person as one JSON document. Accounts that
/// became part of the person's by a merge keep rows of their own, under keys of their own: each is
/// written like the person, as an element of <c>absorbed</c>.</summary>
internal sealed class ExportDocument(KeyRing keys, TimeProvider time)
{
    /// <summary>Bytes of JSON: a hundred thousand journal rows. Beyond it the oldest history is
    /// left out, and the document says so.</summary>
    private const long BytesMax = 64 * 1024 * 1024;

    /// <summary>Bytes of JSON that are held before they are compressed.</summary>
    private const int FlushBytes = 64 * 1024;

    private const string History = "history";

    /// <summary>Compressed; null when the person is gone.</summary>
    /// <param name="connection">In a transaction whose statements see one moment.</param>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<(DataKey Key, byte[] Document)?> Write(
        NpgsqlConnection connection, Guid customer, CancellationToken stop)
    {
        if (await KeyOf(connection, customer, stop) is not { } key) return null;
        var absorbed = await KeysOfAbsorbed(connection, customer, stop);
        using var compressed = new MemoryStream();
        await using (var stream = new GZipStream(compressed, CompressionLevel.Fastest, true))
        await using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            var scope = new ExportScope(writer, key, keys, [key, .. absorbed]);
            writer.WriteStartObject();
            writer.WriteString("generated_at", time.UtcNowInMilliseconds().UtcDateTime);
            await WriteCustomer(scope, connection, stop);
            writer.WriteStartArray("absorbed");
            foreach (var other in absorbed)
            {
                writer.WriteStartObject();
                await WriteCustomer(scope with { Key = other }, connection, stop);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return (key, compressed.ToArray());
    }

    /// <summary>What <see cref="Write(NpgsqlConnection, Guid, CancellationToken)"/> wrote.
    /// </summary>
    public static byte[] Read(byte[] document)
    {
        using var stream = new GZipStream(new MemoryStream(document), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        stream.CopyTo(plain);
        return plain.ToArray();
    }

    private static async Task WriteCustomer(
        ExportScope scope, NpgsqlConnection connection, CancellationToken stop)
    {
        scope.Writer.WriteString("customer_id", scope.Key.CustomerId);
        foreach (var table in PersonalData.Tables)
        {
            if (table.Member is null) continue;
            scope.Writer.WritePropertyName(table.Member);
            await Write(scope, connection, table, stop);
        }
    }

    private static async Task Write(
        ExportScope scope,
        NpgsqlConnection connection,
        TableUse table,
        CancellationToken stop)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"Privacy/Export/{table.Name}", scope.Key.CustomerId);
        await using var reader = await batch.ExecuteReaderAsync(stop);
        if (table.IsSingle)
        {
            if (await reader.ReadAsync(stop)) WriteRow(scope, reader, table);
            else scope.Writer.WriteNullValue();
            return;
        }

        var isWhole = true;
        scope.Writer.WriteStartArray();
        while (isWhole && await reader.ReadAsync(stop))
        {
            if (table.Member == History) WriteHistory(scope, reader);
            else WriteRow(scope, reader, table);
            if (scope.Writer.BytesPending > FlushBytes) await scope.Writer.FlushAsync(stop);
            isWhole = scope.Writer.BytesCommitted + scope.Writer.BytesPending < BytesMax;
        }

        scope.Writer.WriteEndArray();
        scope.Writer.WriteBoolean($"{table.Member}_is_complete", isWhole);
    }

    private static void WriteRow(ExportScope scope, NpgsqlDataReader reader, TableUse table)
    {
        scope.Writer.WriteStartObject();
        for (var column = 0; column < reader.FieldCount; column++)
        {
            var name = reader.GetName(column);
            scope.Writer.WritePropertyName(name);
            if (reader.IsDBNull(column)) scope.Writer.WriteNullValue();
            else table.Exported.Single(use => use.Name == name).Write(scope, reader, column);
        }

        scope.Writer.WriteEndObject();
    }

    /// <summary>Values in clear: it is the customer who reads them. Who acted is told by role.
    /// </summary>
    private static void WriteHistory(ExportScope scope, NpgsqlDataReader reader)
    {
        var actor = reader.GetGuid(1);
        var role = (CallerRole)reader.GetInt16(2);
        var personal = reader.BytesOrNull(5) is { } secret
            ? scope.Key.TryOpen(SealedColumn.JournalPersonal, secret)
            : null;
        var writer = scope.Writer;
        writer.WriteStartObject();
        writer.WriteNumber("sequence", reader.GetInt64(0));
        writer.WriteString("at", reader.GetDateTime(3));
        writer.WritePropertyName("actor_id");
        if (actor == scope.Key.CustomerId) writer.WriteStringValue(actor);
        else writer.WriteNullValue();
        writer.WriteString("actor_role", CallerRoles.NameOf(role));
        writer.WritePropertyName("events");
        var clear = reader.GetString(4);
        if ((JournalCodec.TryRead(clear, personal) ?? JournalCodec.TryRead(clear, null))
            is { } events)
            JournalCodec.WriteForOwner(writer, events.RemoveAll(CustomerHistory.IsForStaff));
        else
            writer.WriteNullValue();
        writer.WriteEndObject();
    }

    private async Task<DataKey?> KeyOf(
        NpgsqlConnection connection, Guid customer, CancellationToken stop)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("Privacy/data_key", customer);
        await using var reader = await batch.ExecuteReaderAsync(stop);
        return await reader.ReadAsync(stop)
            ? keys.Unwrap(customer, new(reader.GetInt32(0), reader.GetFieldValue<byte[]>(1)))
            : null;
    }

    private async Task<List<DataKey>> KeysOfAbsorbed(
        NpgsqlConnection connection, Guid customer, CancellationToken stop)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("Privacy/absorbed", customer);
        await using var reader = await batch.ExecuteReaderAsync(stop);
        var found = new List<DataKey>();
        while (await reader.ReadAsync(stop))
        {
            found.Add(keys.Unwrap(
                reader.GetGuid(0), new(reader.GetInt32(1), reader.GetFieldValue<byte[]>(2))));
        }

        return found;
    }
}
