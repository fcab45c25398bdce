using CustomerGrains.Bench.Shared;
using Npgsql;

namespace CustomerGrains.Bench.StockOrleans;

internal static class Seed
{
    // Grains written at once.
    private const int ChunkSize = 500;

    public static async Task Fill(IServiceProvider services, NpgsqlDataSource database, int customers)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        foreach (var chunk in SampleCustomers.Take(customers).Chunk(ChunkSize))
            await Task.WhenAll(chunk.Select(c => grains.GetGrain<ICustomerGrain>(c.Id).Create(c)));

        await using var analyze = database.CreateCommand("VACUUM ANALYZE");
        await analyze.ExecuteNonQueryAsync();
    }
}
