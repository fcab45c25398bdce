using System.CommandLine;
using CustomerGrains.Launcher.Postgres;
using CustomerGrains.Storage.Schema;
using Npgsql;

namespace CustomerGrains.Launcher.Commands;

/// <summary><c>migrate</c>: brings the database to the schema of this version.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var data = DataOption.Create();
        var command = new Command("migrate",
            $"Brings the database forward: the one of {ServiceDatabase.OwnerSetting} if set, "
            + "else the local one, which must not be in use by 'run'.")
        {
            data,
        };
        command.SetAction((parsed, stop) => Migrate(parsed.DataDirectory(data), stop));
        return command;
    }

    private static async Task<int> Migrate(DataDirectory data, CancellationToken stop)
    {
        if (ServiceDatabase.ExternalOwner is { } external) return await Migrate(external, stop);

        using var claim = data.Lock();
        var wasRunning = LocalPostgres.Running(data) is not null;
        var server = await LocalPostgres.Start(data, new(), Console.Error, stop);
        try
        {
            return await Migrate(
                server.ConnectionString(
                    DatabaseBootstrap.OwnerRole, DatabaseBootstrap.DatabaseName), stop);
        }
        finally
        {
            if (!wasRunning) await server.Stop();
        }
    }

    private static async Task<int> Migrate(string owner, CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(owner);
        var taken = await new SchemaMigrator(source).Migrate(stop);
        foreach (var step in taken)
            Console.WriteLine($"applied {step}");
        Console.WriteLine($"up to date: {Migration.Embedded[^1]}");
        return 0;
    }
}
