using System.Diagnostics;
using CustomerGrains.Launcher;
using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Support;
using Shouldly;

namespace CustomerGrains.System.Tests;

/// <summary>A load in a process of its own. Killed and started again it goes on with the same
/// customers and the keys of what they heard nothing of.</summary>
internal sealed class LoadProcess : IAsyncDisposable
{
    private LoadOrder _order;
    private Process _process;
    private Task<string> _errors;
    private Task _listening;
    private LoadProgress _progress = LoadProgress.None;

    private LoadProcess(LoadOrder order)
    {
        _order = order;
        (_process, _errors, _listening) = Run();
    }

    /// <summary>Edits that were answered with success.</summary>
    public int Acknowledged => _progress.Acknowledged.Sum();

    /// <summary>Stories that came to their end.</summary>
    public int Told { get; private set; }

    public int Replayed { get; private set; }

    public int Retried { get; private set; }

    public TimeSpan LongestWait { get; private set; }

    /// <param name="editors">Customers who edit.</param>
    /// <param name="watched">Customers whom staff and riders look at.</param>
    public static LoadProcess Start(RunningService service, int editors, int stories, int watched) =>
        new(new(service.BaseAddress, service.Data, 0, editors, stories, watched));

    /// <summary>Waits until each editor got so many more answers, and so many more stories came to
    /// their end: a code that a dead silo was about to send comes half a minute late.</summary>
    public async Task GoOn(int edits, int stories = 0)
    {
        await Await("all clients are there", () => _progress.Acknowledged.Length > 0);
        var goals = _progress.Acknowledged.Select(a => a + edits).ToArray();
        var told = _progress.Told + stories;
        await Await(
            $"every client gets {edits} more answers, {stories} more stories end",
            () => _progress.Told >= told
                && _progress.Acknowledged.Zip(goals).All(p => p.First >= p.Second));
    }

    /// <summary>kill -9; another takes its place.</summary>
    public async Task KillAndReplace()
    {
        _process.Kill();
        await End();
        var before = _progress.Acknowledged;
        _order = _order with { Generation = _order.Generation + 1 };
        _progress = LoadProgress.None;
        (_process, _errors, _listening) = Run();
        await Await("all clients are there", () => _progress.Acknowledged.Length > 0);
        _progress.Acknowledged.Zip(before).ShouldAllBe(
            client => client.First >= client.Second, "each goes on with its customer");
    }

    /// <summary>What was begun comes to its end.</summary>
    public async Task Stop()
    {
        _process.StandardInput.Close();
        var code = await End();
        code.ShouldBe(0, await _errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private (Process, Task<string>, Task) Run()
    {
        var process = Process.Start(new ProcessStartInfo(
            Installation.Runtime, [Installation.Program("Load"), _order.ToString()])
        {
            RedirectStandardInput = true, // its end takes the process with us
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        return (process, process.StandardError.ReadToEndAsync(), Listen(process.StandardOutput));
    }

    private async Task Listen(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line) _progress = LoadProgress.Parse(line);
    }

    private async Task Await(string what, Func<bool> holds)
    {
        await Eventually.Holds(
            what, () => _process.HasExited || holds(), CancellationToken.None);
        if (_process.HasExited)
            throw new InvalidOperationException($"The load ended:\n{await _errors}");
    }

    /// <summary>Takes what it told, and what must not be in a log.</summary>
    private async Task<int> End()
    {
        await _process.WaitForExitAsync();
        await _listening;
        Canaries.All.NoteCopied(_order.Canaries);
        Told += _progress.Told;
        Replayed += _progress.Replayed;
        Retried += _progress.Retried;
        if (_progress.LongestWait > LongestWait) LongestWait = _progress.LongestWait;
        return _process.ExitCode;
    }
}
