using CustomerGrains.Launcher.Postgres;
using CustomerGrains.Storage.Schema;

namespace CustomerGrains.Launcher;

/// <summary>The database for an operator's command, whether or not <c>run</c> is on.</summary>
internal static class OperatorDatabase
{
    /// <summary>Does the work with the silos' connection string: of the database that the
    /// environment names, else of the local server, which is started for the time if it is
    /// not running.</summary>
    public static async Task<int> Use(
        DataDirectory data, Func<string, Task<int>> work, CancellationToken stop)
    {
        if (Environment.GetEnvironmentVariable(ServiceDatabase.ServiceSetting) is { Length: > 0 } external)
            return await work(external);

        var wasRunning = LocalPostgres.Running(data) is not null;
        using var claim = wasRunning ? null : data.Lock();
        return await UseLocal(data, DatabaseBootstrap.ServiceRole, work, stop);
    }

    /// <summary>Does the work with the owner's connection string, while no silo runs: one started
    /// by 'run' on the same folder is refused.</summary>
    public static async Task<int> UseAsOwner(
        DataDirectory data, Func<string, Task<int>> work, CancellationToken stop)
    {
        if (ServiceDatabase.ExternalOwner is { } external) return await work(external);

        using var claim = data.Lock();
        return await UseLocal(data, DatabaseBootstrap.OwnerRole, work, stop);
    }

    private static async Task<int> UseLocal(
        DataDirectory data, string role, Func<string, Task<int>> work, CancellationToken stop)
    {
        var wasRunning = LocalPostgres.Running(data) is not null;
        var server = await LocalPostgres.Start(data, new(), Console.Error, stop);
        try
        {
            return await work(server.ConnectionString(role, DatabaseBootstrap.DatabaseName));
        }
        finally
        {
            if (!wasRunning) await server.Stop();
        }
    }
}
