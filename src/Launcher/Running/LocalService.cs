using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using CustomerGrains.Launcher.Commands;
using CustomerGrains.Launcher.Postgres;
using CustomerGrains.Storage.Sealing;

namespace CustomerGrains.Launcher.Running;

/// <summary>Everything that one <c>run</c> starts in order, and stops in reverse.</summary>
internal sealed class LocalService : IAsyncDisposable
{
    private readonly TextWriter _errors = Console.Error;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _writing = new();
    private readonly DataDirectory _data;
    private readonly RunOptions _options;
    private readonly string _clusterId;
    private readonly string _url;

    private ServiceDatabase? _database;
    private Task _watch = Task.CompletedTask;
    private ImmutableArray<SupervisedProcess> _silos = [];
    private SupervisedProcess? _api;

    private LocalService(DataDirectory data, RunOptions options)
    {
        (_data, _options) = (data, options);
        _clusterId = NewClusterId();
        _url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{options.Port}");
    }

    private IEnumerable<SupervisedProcess> Processes => _api is null ? _silos : [.. _silos, _api];

    /// <summary>Serves until told to stop. The only output is the line <c>ready: …</c>.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="LauncherException">It does not start; all is stopped again.</exception>
    public static async Task<int> Run(
        DataDirectory data, RunOptions options, CancellationToken stop)
    {
        using var claim = data.Lock();
        await Leftovers.Clear(data.RunFile, Console.Error);
        RefuseTaken(options.Port, "--port");
        RefuseTaken(options.OpsPort, "--ops-port");

        await using var service = new LocalService(data, options);
        try
        {
            await service.Start(stop);
            Console.WriteLine($"ready: {service._url}");
            await Task.Delay(Timeout.Infinite, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // A signal: the ordinary end, also in the middle of a start.
        }

        return 0;
    }

    private async Task Start(CancellationToken stop)
    {
        KeyRing.CreateIfMissing(_data.Keys);
        _database = await ServiceDatabase.Open(_data, _errors, stop);
        if (_database.Local is { } server)
        {
            _watch = PostgresWatch.Keep(
                () => server.ProcessId is not null, () => server.Restart(CancellationToken.None),
                _errors, _time, WriteState, _stopping.Token);
        }

        await _database.Prepare(_clusterId, stop);
        if (_options.DemoCustomers > 0)
            await DemoCommand.Load(_database.Service, _data.Keys, _options.DemoCustomers, stop);

        var programs = new ServicePrograms(
            _options, _clusterId, _data.Keys, _database, new LoopbackPorts());
        _silos = [.. programs.Silos.Select(Supervise)];
        if (_options.FrontEndApart) _api = Supervise(programs.Api);
        foreach (var process in Processes)
            process.Start();

        var ready = Readiness.Reached([.. Processes], _time, stop);
        await LongWait.Announce("waiting for the service to be ready", ready, _errors);
    }

    /// <summary>
    /// Stops all that was started. Clients first, so that no request meets a silo on its way out;
    /// the database last.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_api is not null) await _api.DisposeAsync();
        var silos = Task.WhenAll(_silos.Select(silo => silo.DisposeAsync().AsTask()));
        await LongWait.Announce("waiting for the silos to end", silos, _errors);

        await _stopping.CancelAsync();
        await _watch;
        if (_database is not { Local: null }) await LocalPostgres.Stop(_data, _errors);
        File.Delete(_data.RunFile);
        _stopping.Dispose();
    }

    private SupervisedProcess Supervise(ServiceProgram program)
    {
        var file = Path.Combine(_data.Logs, program.Name + ".log");
        var log = new RollingLog(file, RollingLog.DefaultSizeMax);
        return new(program, log, _errors, _time, WriteState);
    }

    private void WriteState()
    {
        lock (_writing)
        {
            try
            {
                State().Write(_data.RunFile);
            }
            catch (IOException failure)
            {
                // A full disk is no reason to stop looking after the processes.
                _errors.WriteLine($"cannot write {_data.RunFile}: {failure.Message}");
            }
        }
    }

    private RunState State() => new(
        Environment.ProcessId, _url, _options.OpsPort, _clusterId, _database?.Local?.ProcessId,
        [.. Processes.Select(process => process.Running).OfType<RunningProcess>()]);

    // A cluster of its own for each start: nobody waits for silos of a start that was killed.
    private static string NewClusterId()
    {
        const int RandomDigits = 12; // enough that no two starts on one database meet
        return "run-" + RandomNumberGenerator.GetHexString(RandomDigits, lowercase: true);
    }

    private static void RefuseTaken(int port, string option)
    {
        if (!LoopbackPorts.IsFree(port))
            throw new LauncherException($"Port {port} is taken; choose another with {option}.");
    }
}
