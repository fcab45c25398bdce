using System.ComponentModel;
using System.Diagnostics;

namespace CustomerGrains.Launcher.Running;

/// <summary>A process of the service that is started again whenever it dies.</summary>
/// <param name="changed">Called after each start, when the process number is a new one.</param>
internal sealed class SupervisedProcess(
    ServiceProgram program, RollingLog log, TextWriter errors, TimeProvider time, Action changed)
    : IAsyncDisposable
{
    // As long as the hosts give themselves; past this, something hangs.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Backoff _backoff = Backoff.OfEnvironment();
    private Process? _process;
    private DateTime _started;
    private Task _supervision = Task.CompletedTask;

    public ServiceProgram Program => program;

    /// <summary>The process as last started, or null before the first start.</summary>
    public RunningProcess? Running => Current is { } process
        ? new(program.Name, process.Id, _started, program.Port, program.OpsPort,
            program.GatewayPort)
        : null;

    /// <summary>How often it died so far.</summary>
    public int Deaths { get; private set; }

    public string LogFile => log.FilePath;

    /// <summary>Starts it and returns; it is looked after until it is disposed of.</summary>
    public void Start() => _supervision = Supervise(Launch());

    /// <summary>Asks the process to end, insists after a while, waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (Current is { } process)
        {
            Signals.AskToEnd(process);
            if (!await EndsWithin(process, StopLimit))
            {
                await errors.WriteLineAsync($"{program.Name} does not end by itself: killed");
                process.Kill();
            }
        }

        await _supervision;
        log.Dispose();
        _stopping.Dispose();
    }

    private Process? Current => Volatile.Read(ref _process);

    private async Task Supervise(Process process)
    {
        Process? next;
        while (true)
        {
            var started = time.GetTimestamp();
            await RunToEnd(process);
            if (_stopping.IsCancellationRequested) return;

            Deaths++;
            var wait = _backoff.After(time.GetElapsedTime(started));
            await errors.WriteLineAsync(
                $"{program.Name} ended (exit code {process.ExitCode}); starting it again in "
                + $"{wait.TotalSeconds:0.0} s; its log: {log.FilePath}");
            do
            {
                if (!await Wait(wait)) return;
                wait = Backoff.Longest;
            }
            while ((next = await TryLaunch()) is null);

            process = next;
        }
    }

    /// <returns>Null when the system does not let it start now, as when it has too many processes.
    /// </returns>
    private async Task<Process?> TryLaunch()
    {
        try
        {
            return Launch();
        }
        catch (Exception failure) when (failure is Win32Exception or IOException)
        {
            await errors.WriteLineAsync($"{program.Name} cannot be started: {failure.Message}");
            return null;
        }
    }

    private async Task RunToEnd(Process process)
    {
        await Task.WhenAll(
            log.CopyFrom(process.StandardOutput), log.CopyFrom(process.StandardError));
        await process.WaitForExitAsync();
    }

    private Process Launch()
    {
        var process = Process.Start(StartInfo())!;
        _started = time.GetUtcNow().UtcDateTime;
        Volatile.Write(ref _process, process);
        // Stopped in the very moment of its start: the signal went to the one before.
        if (_stopping.IsCancellationRequested) process.Kill();
        changed();
        return process;
    }

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo(Installation.Runtime)
        {
            RedirectStandardInput = true, // never written: its end tells that we are gone
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (OwnSession.Program is { } own)
        {
            start.FileName = own;
            start.ArgumentList.Add(Installation.Runtime);
        }

        start.ArgumentList.Add(Installation.Program(program.Project));
        foreach (var (name, value) in program.Environment)
            start.Environment[name] = value;
        return start;
    }

    private async Task<bool> Wait(TimeSpan wait)
    {
        try
        {
            await Task.Delay(wait, time, _stopping.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task<bool> EndsWithin(Process process, TimeSpan limit)
    {
        using var deadline = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
