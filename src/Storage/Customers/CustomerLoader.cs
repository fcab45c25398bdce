using CustomerGrains.Storage.Batching;
using CustomerGrains.Storage.Faults;
using CustomerGrains.Storage.Sealing;
using Npgsql;

namespace CustomerGrains.Storage.Customers;

/// <summary>Loads customers for many activations in one round trip.</summary>
internal sealed class CustomerLoader(CustomerDatabase database, KeyRing keys) : IBatchWork<CustomerLoader.Request>
{
    private static readonly string Customers = SqlText.Load("Customers/load_customers");
    private static readonly string Addresses = SqlText.Load("Customers/load_addresses");
    private static readonly string Media = SqlText.Load("Customers/load_media");
    private static readonly string Orders = SqlText.Load("Customers/load_orders");

    private static readonly string Merges = SqlText.Load("Customers/load_merges");
    private static readonly string Contacts = SqlText.Load("Customers/load_contact_changes");

    public int SizeOf(Request item) => 16;

    public async Task Execute(List<Request> batch)
    {
        try
        {
            FaultPoints.Pass(FaultPoints.LoadBegin);
            var found = await Load([.. batch.Select(r => r.CustomerId).Distinct()])
                .ConfigureAwait(false);
            FaultPoints.Pass(FaultPoints.LoadEnd);
            foreach (var request in batch)
                request.Done.TrySetResult(found.GetValueOrDefault(request.CustomerId));
        }
        catch (Exception e)
        {
            // Every waiting caller must hear.
            foreach (var request in batch) request.Done.TrySetException(e);
        }
    }

    private async Task<Dictionary<Guid, LoadedCustomer>> Load(Guid[] ids)
    {
        await using var connection =
            await database.Loaders.OpenConnectionAsync().ConfigureAwait(false);
        await using var statements = new NpgsqlBatch(connection);
        foreach (var sql in
            (ReadOnlySpan<string>)[Customers, Addresses, Media, Orders, Contacts, Merges])
        {
            statements.BatchCommands.Add(new NpgsqlBatchCommand(sql)
            {
                Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = ids } },
            });
        }

        await using var reader = await statements.ExecuteReaderAsync().ConfigureAwait(false);
        var loaded = new Dictionary<Guid, CustomerRows>(ids.Length);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            var rows = CustomerRows.ReadCustomer(reader, keys);
            loaded.Add(rows.Id, rows);
        }

        await reader.NextResultAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
            loaded.GetValueOrDefault(reader.GetGuid(0))?.ReadAddress(reader);

        await reader.NextResultAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
            loaded.GetValueOrDefault(reader.GetGuid(0))?.ReadMedia(reader);

        await reader.NextResultAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
            loaded.GetValueOrDefault(reader.GetGuid(0))?.ReadOrder(reader);

        await reader.NextResultAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
            loaded.GetValueOrDefault(reader.GetGuid(0))?.ReadContactChanges(reader, keys);

        await reader.NextResultAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
            loaded.GetValueOrDefault(reader.GetGuid(0))?.ReadMerge(reader);

        return loaded.ToDictionary(l => l.Key, l => l.Value.ToLoaded());
    }

    /// <summary>One activation's wish.</summary>
    internal sealed record Request(Guid CustomerId)
    {
        public TaskCompletionSource<LoadedCustomer?> Done { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
