using CustomerGrains.Storage.Batching;
using CustomerGrains.Storage.Faults;
using Npgsql;

namespace CustomerGrains.Storage.Customers;

/// <summary>Looks up the present versions of many customers in one round trip.</summary>
internal sealed class VersionLook(CustomerDatabase database) : IBatchWork<VersionLook.Request>
{
    private static readonly string Versions = SqlText.Load("Customers/find_versions");

    public int SizeOf(Request item) => 16;

    public async Task Execute(List<Request> batch)
    {
        try
        {
            FaultPoints.Pass(FaultPoints.VersionLook);
            var found = await Find([.. batch.Select(r => r.CustomerId).Distinct()])
                .ConfigureAwait(false);
            foreach (var request in batch)
                request.Done.TrySetResult(found.GetValueOrDefault(request.CustomerId));
        }
        catch (Exception e)
        {
            // Every waiting caller must hear.
            foreach (var request in batch) request.Done.TrySetException(e);
        }
    }

    private async Task<Dictionary<Guid, long>> Find(Guid[] ids)
    {
        await using var command = database.Loaders.CreateCommand(Versions);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = ids });
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        var found = new Dictionary<Guid, long>(ids.Length);
        while (await reader.ReadAsync().ConfigureAwait(false))
            found.Add(reader.GetGuid(0), reader.GetInt64(1));
        return found;
    }

    /// <summary>One activation's question.</summary>
    internal sealed record Request(Guid CustomerId)
    {
        public TaskCompletionSource<long> Done { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
