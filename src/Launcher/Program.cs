using System.CommandLine;
using System.Runtime.InteropServices;
using CustomerGrains.Launcher;
using CustomerGrains.Launcher.Commands;
using CustomerGrains.Launcher.Running;
using CustomerGrains.Storage.Schema;
using Npgsql;

using var stop = new CancellationTokenSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
ParentWatch.Start(stop.Cancel);

var root = new RootCommand("Starts and looks after the customer service on this machine.")
{
    RunCommand.Create(),
    PostgresCommand.Create(),
    MigrateCommand.Create(),
    TokenCommand.Create(),
    DemoCommand.Create(),
    ImportCommand.Create(),
    RotateKeysCommand.Create(),
    VerifyAuditCommand.Create(),
    ReplayDeadLettersCommand.Create(),
    RebaseFeedCommand.Create(),
};

try
{
    // Signals are ours: stopping takes longer than the library would wait.
    var invocation = new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };
    FaultSetting.Apply();
    return await root.Parse(args).InvokeAsync(invocation, stop.Token);
}
catch (Exception failure) when (failure is LauncherException or SchemaRefusedException
    or SchemaMigrationException)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 1;
}
catch (NpgsqlException failure)
{
    await Console.Error.WriteLineAsync($"The database did not answer: {failure.Message}");
    return 1;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
