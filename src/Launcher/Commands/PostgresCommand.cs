using System.CommandLine;
using CustomerGrains.Launcher.Postgres;

namespace CustomerGrains.Launcher.Commands;

/// <summary><c>postgres start|stop|status</c>: the local database without the service.</summary>
internal static class PostgresCommand
{
    // What pg_ctl answers when no server runs.
    private const int NotRunning = 3;

    public static Command Create() => new("postgres", "The local database server alone.")
    {
        Subcommand("start", "Starts it and returns; it goes on running.", Start),
        Subcommand("stop", "Stops it if it runs.", Stop),
        Subcommand("status", "Says whether it runs; exit code 3 when not.", Status),
    };

    private static Command Subcommand(
        string name, string description,
        Func<DataDirectory, CancellationToken, Task<int>> action)
    {
        var data = DataOption.Create();
        var command = new Command(name, description) { data };
        command.SetAction((parsed, stop) => action(parsed.DataDirectory(data), stop));
        return command;
    }

    private static async Task<int> Start(DataDirectory data, CancellationToken stop)
    {
        using var claim = data.Lock();
        var server = await LocalPostgres.Start(data, new(), Console.Error, stop);
        Console.WriteLine($"running: process {server.ProcessId}, socket in {server.SocketPath}");
        return 0;
    }

    private static async Task<int> Stop(DataDirectory data, CancellationToken stop)
    {
        using var claim = data.Lock();
        await LocalPostgres.Stop(data, Console.Error);
        Console.WriteLine("stopped");
        return 0;
    }

    private static Task<int> Status(DataDirectory data, CancellationToken stop)
    {
        var server = LocalPostgres.Running(data);
        Console.WriteLine(server is { } pid ? $"running: process {pid}" : "not running");
        return Task.FromResult(server is null ? NotRunning : 0);
    }
}
