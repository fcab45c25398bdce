using Npgsql;

namespace CustomerGrains.Bench.Driver;

/// <summary>One value out of a database: not every PostgreSQL comes with psql.</summary>
internal static class Scalar
{
    public static async Task<int> Run(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        Console.WriteLine(await command.ExecuteScalarAsync());
        return 0;
    }
}
