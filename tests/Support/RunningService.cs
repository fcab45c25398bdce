using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using CustomerGrains.Launcher;
using CustomerGrains.Launcher.Running;
using CustomerGrains.Storage.Faults;

namespace CustomerGrains.Tests.Support;

/// <summary>
/// The whole service as real processes, started by the launcher as an operator would. They go
/// when the test process goes, however it goes.
/// </summary>
public sealed class RunningService : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    /// <summary>Beyond what the service itself waits for when it is asked.</summary>
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(10);

    private readonly int _silos;
    private readonly bool _frontEndApart;
    private readonly bool _mayFail;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly int _port;
    private readonly int _opsPort;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private Process? _launcher;

    private RunningService(
        string data, int silos, bool frontEndApart, bool mayFail,
        IReadOnlyDictionary<string, string> settings)
    {
        (Data, _silos, _frontEndApart, _mayFail) = (data, silos, frontEndApart, mayFail);
        _settings = settings;
        var ports = new LoopbackPorts();
        (_port, _opsPort) = (ports.Take(), ports.Take());
        BaseAddress = new Uri(Local(_port));
        OpsAddress = new Uri(Local(_opsPort));
        Client = TestHttp.Client(BaseAddress);
        Diagnosis.Watch(Data);
    }

    /// <summary>The data folder; removed at the end.</summary>
    public string Data { get; }

    /// <summary>The folder with the logs of all its processes, the database's too.</summary>
    public string Logs => Path.Combine(Data, "logs");

    public Uri BaseAddress { get; }

    /// <summary>The first silo's pages for operators.</summary>
    public Uri OpsAddress { get; }

    public HttpClient Client { get; }

    /// <summary>What the launcher printed on standard output, over all starts.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>What the launcher said on standard error, over all starts.</summary>
    public string Errors => string.Join('\n', _errors);

    /// <summary>What runs right now, as the launcher wrote it down.</summary>
    public RunState State => RunState.Read(new DataDirectory(Data).RunFile)
        ?? throw new InvalidOperationException($"Nothing runs on {Data}.\n{Errors}");

    public RunningProcess Silo(int index) => State.Processes.Single(
        process => process.Name == string.Create(CultureInfo.InvariantCulture, $"silo-{index}"));

    /// <summary>There with several silos or a front end apart.</summary>
    public RunningProcess Api => State.Processes.Single(process => process.Name == "api");

    /// <summary>A service with a data folder of its own; returns when it is ready.</summary>
    /// <param name="mayFail">Its fault points can be switched on.</param>
    /// <param name="settings">Environment variables of every process.</param>
    /// <param name="data">A folder that may hold data already, or be empty: then the service makes
    /// its database itself. Null: a new folder with an empty database.</param>
    public static async Task<RunningService> Start(
        int silos = 1, bool frontEndApart = false, bool mayFail = false,
        IReadOnlyDictionary<string, string>? settings = null, string? data = null)
    {
        if (data is null) await TemplateData.CopyTo(data = await TestDirectory.Create());
        var service = new RunningService(
            data, silos, frontEndApart, mayFail,
            settings ?? new Dictionary<string, string>());
        try
        {
            await service.Start();
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again on the same data and ports; stops it first if it runs.</summary>
    public async Task Restart()
    {
        if (_launcher is { HasExited: false }) await Stop();
        await Start();
    }

    /// <summary>SIGTERM to the launcher; returns its exit code once it has ended.</summary>
    public async Task<int> Stop()
    {
        Signals.AskToEnd(_launcher!);
        await _launcher!.WaitForExitAsync();
        return _launcher.ExitCode;
    }

    /// <summary>kill -9 of one silo.</summary>
    /// <returns>False when there was nothing to kill: a silo that the others took for dead ends by
    /// itself, and the launcher is about to start it again.</returns>
    public bool KillSilo(int index) => Kill(Silo(index).Find());

    /// <summary>SIGTERM to one silo: it hands over what it has and ends; the launcher starts it
    /// again.</summary>
    public void AskSiloToEnd(int index)
    {
        using var process = Silo(index).Find();
        if (process is not null) Signals.AskToEnd(process);
    }

    /// <summary>SIGSTOP of one silo: it stands still, with all connections open.</summary>
    /// <returns>Has it go on.</returns>
    public Action PauseSilo(int index)
    {
        var pid = Silo(index).Pid;
        ProcessSignals.Pause(pid);
        return () => ProcessSignals.Continue(pid);
    }

    /// <summary>The next silo that comes to a named point ends there, on the spot.</summary>
    /// <param name="point">Of <see cref="FaultPoints"/>.</param>
    public void Abort(string point) => Arm(point, FaultPoints.Abort);

    /// <summary>The next silo that comes to a named point fails there, once.</summary>
    /// <param name="point">Of <see cref="FaultPoints"/>.</param>
    public void FailOnce(string point) => Arm(point, FaultPoints.Once);

    /// <summary>The next silo that comes to a named point stands still there for a while.</summary>
    /// <param name="point">Of <see cref="FaultPoints"/>.</param>
    public void Hang(string point) => Arm(point, FaultPoints.Hang);

    /// <summary>Whether a silo ended at the point, failed or hung there once since it was asked to.
    /// </summary>
    public bool HasPassed(string point) =>
        File.Exists(Path.Combine(Faults, FaultPoints.PassedFile(point)));

    /// <summary>True until the fault is healed, or a silo has ended at the point.</summary>
    public bool IsFailing(string point) => File.Exists(Path.Combine(Faults, point));

    /// <summary>From now on a named point of every silo fails.</summary>
    /// <param name="point">Of <see cref="FaultPoints"/>.</param>
    public void Fail(string point) => Arm(point, "");

    /// <summary>The point works again.</summary>
    public void Heal(string point) => File.Delete(Path.Combine(Faults, point));

    /// <summary>kill -9 of the API.</summary>
    public bool KillApi() => Kill(Api.Find());

    /// <summary>kill -9 of the database's main process.</summary>
    public bool KillPostgres() =>
        State.Postgres is { } pid && OsProcess.Runs(pid, "postgres")
        && Kill(Process.GetProcessById(pid));

    /// <summary>SIGSTOP of the launcher: nothing that dies is started again.</summary>
    /// <returns>Has it go on.</returns>
    public Action PauseLauncher()
    {
        var pid = _launcher!.Id;
        ProcessSignals.Pause(pid);
        return () => ProcessSignals.Continue(pid);
    }

    /// <summary>kill -9 of the launcher; returns when it is gone.</summary>
    public async Task KillLauncher()
    {
        _launcher!.Kill();
        await _launcher.WaitForExitAsync();
    }

    /// <summary>Whether the API says right now that it is ready.</summary>
    public Task<bool> IsReady() => IsReady(BaseAddress);

    /// <summary>Whether a process's pages say right now that it is ready.</summary>
    public async Task<bool> IsReady(Uri address)
    {
        using var patience = new CancellationTokenSource(ReadyLimit);
        try
        {
            using var answer = await Client.GetAsync(
                new Uri(address, "/health/ready"), patience.Token);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Diagnosis.Forget(Data);
        if (_launcher is { HasExited: false }) await Stop();
        _launcher?.Dispose();
        if (!Directory.Exists(Data)) return;

        foreach (var left in RunState.Read(new DataDirectory(Data).RunFile)?.Processes ?? [])
        {
            using var process = left.Find();
            process?.Kill();
            if (process is not null) await process.WaitForExitAsync();
        }

        try
        {
            CheckLogs();
        }
        finally
        {
            Keep();
            await TestDirectory.Remove(Data);
        }
    }

    /// <summary>What any test of this process said to a service or heard from it, and is personal
    /// or secret, must be in no log. Called at the end of every service.</summary>
    /// <returns>How many lines were looked through.</returns>
    /// <exception cref="InvalidOperationException">Something is.</exception>
    public int CheckLogs()
    {
        if (!Directory.Exists(Logs)) return 0;
        var (found, lines) = Canaries.All.FindIn(Logs);
        string[] all = [.. found, .. Canaries.All.FindInText(Errors)];
        if (all.Length > 0)
        {
            throw new InvalidOperationException(
                $"Personal or secret values in the logs:\n{string.Join('\n', all)}");
        }

        Scoreboard.Add("S7", ("lines_without_a_hit", lines));
        return lines;
    }

    /// <summary>With <c>CUSTOMERGRAINS_KEEP=folder</c> logs and histories of all services outlive
    /// them, for whoever looks for the cause of a failure.</summary>
    private void Keep()
    {
        if (Environment.GetEnvironmentVariable("CUSTOMERGRAINS_KEEP") is not { } folder) return;
        var kept = Directory.CreateDirectory(Path.Combine(folder, Path.GetFileName(Data))).FullName;
        File.WriteAllText(Path.Combine(kept, "launcher.log"), Errors);
        var files = new DirectoryInfo(Data).EnumerateFiles("*.jsonl")
            .Concat(new DirectoryInfo(Logs).EnumerateFiles("*", SearchOption.AllDirectories));
        foreach (var file in files) file.CopyTo(Path.Combine(kept, file.Name), overwrite: true);
    }

    private async Task Start()
    {
        _launcher?.Dispose();
        _launcher = Process.Start(StartInfo())!;
        _launcher.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
        _launcher.BeginErrorReadLine();

        using var deadline = new CancellationTokenSource(StartLimit);
        var first = await _launcher.StandardOutput.ReadLineAsync(deadline.Token)
            ?? throw new InvalidOperationException($"The service did not start:\n{Errors}");
        _output.Enqueue(first);
        _ = CollectOutput(_launcher.StandardOutput);
    }

    private async Task CollectOutput(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
            _output.Enqueue(line);
    }

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo(Installation.Runtime,
            [Installation.Program("Launcher"), "run", "--data", Data,
                "--port", Text(_port), "--ops-port", Text(_opsPort), "--silos", Text(_silos),
                .. _frontEndApart ? ["--front-end-apart"] : Array.Empty<string>()])
        {
            RedirectStandardInput = true, // its end takes the launcher with us
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Launcher__WatchStdin"] = "true";
        start.Environment.Remove("ConnectionStrings__Customers");
        // Short-lived processes: half of what they compile would be measured for nothing.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in _settings) start.Environment[name] = value;
        if (_mayFail) start.Environment["Faults__Folder"] = Faults;
        return start;
    }

    private void Arm(string point, string wish)
    {
        Directory.CreateDirectory(Faults);
        File.Delete(Path.Combine(Faults, FaultPoints.PassedFile(point)));
        // Silos look at it all the time: it is there as a whole or not at all.
        var unfinished = Path.Combine(Faults, point + ".unfinished");
        File.WriteAllText(unfinished, wish);
        File.Move(unfinished, Path.Combine(Faults, point), overwrite: true);
    }

    private string Faults => Path.Combine(Data, "faults");

    private static bool Kill(Process? process)
    {
        using var found = process;
        found?.Kill();
        return found is not null;
    }

    private static string Local(int port) => $"http://127.0.0.1:{Text(port)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
