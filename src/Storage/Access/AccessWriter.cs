using CustomerGrains.Storage.Batching;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Faults;
using Npgsql;
using NpgsqlTypes;

namespace CustomerGrains.Storage.Access;

/// <summary>Writes entries of the access log, many in one statement.</summary>
internal sealed class AccessWriter(CustomerDatabase database) : IBatchWork<AccessPage>
{
    /// <summary>Bytes that one entry sends, about.</summary>
    private const int UsualBytes = 200;

    private static readonly string Insert = SqlText.Load("Access/insert_access_logs");

    public int SizeOf(AccessPage item) => UsualBytes * item.Rows.Length;

    public async Task Execute(List<AccessPage> batch)
    {
        try
        {
            FaultPoints.Pass(FaultPoints.AccessBegin);
            await using var connection =
                await database.General.OpenConnectionAsync().ConfigureAwait(false);
            await using var statements = new NpgsqlBatch(connection);
            statements.BatchCommands.Add(InsertOf([.. batch.SelectMany(page => page.Rows)]));
            await statements.ExecuteNonQueryAsync().ConfigureAwait(false);
            FaultPoints.Pass(FaultPoints.AccessEnd);
            foreach (var page in batch) page.Done.TrySetResult();
        }
        catch (Exception e)
        {
            // Every waiting caller must hear, and show nothing.
            foreach (var page in batch) page.Done.TrySetException(e);
        }
    }

    private static NpgsqlBatchCommand InsertOf(AccessRow[] rows) =>
        new Columns<AccessRow>(Insert, rows)
        .Add(NpgsqlDbType.Uuid, r => r.Id)
        .Add(NpgsqlDbType.Uuid, r => r.Entry.By)
        .Add(NpgsqlDbType.Uuid, r => r.Entry.CustomerId)
        .Add(NpgsqlDbType.Text, r => r.Entry.Role)
        .Add(NpgsqlDbType.Uuid, r => r.Entry.BranchId)
        .Add(NpgsqlDbType.Text, r => r.Entry.Purpose)
        .Add(NpgsqlDbType.Uuid, r => r.Entry.OrderId)
        .Add(NpgsqlDbType.Text, r => string.Join(',', r.Entry.Fields))
        .Add(NpgsqlDbType.TimestampTz, r => r.Entry.At)
        .Command;
}
