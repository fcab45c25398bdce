using Npgsql;

namespace CustomerGrains.Bench.StockOrleans;

internal static class Schema
{
    public static async Task Create(NpgsqlDataSource database)
    {
        using var reader = new StreamReader(
            typeof(Schema).Assembly.GetManifestResourceStream("storage.sql")!);
        await using var create = database.CreateCommand(await reader.ReadToEndAsync());
        await create.ExecuteNonQueryAsync();
    }
}
