using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace CustomerGrains.Tests.Support;

/// <summary>How a running silo was started, so that a test can start it again with another
/// environment. On Linux alone.</summary>
public sealed class SiloCopy
{
    private readonly string[] _command;
    private readonly string _folder;
    private readonly string[] _environment;

    private SiloCopy(int pid)
    {
        _command = Strings($"/proc/{pid}/cmdline");
        _environment = Strings($"/proc/{pid}/environ");
        _folder = Directory.ResolveLinkTarget($"/proc/{pid}/cwd", false)!.FullName;
    }

    public static SiloCopy Of(int pid) => new(pid);

    /// <summary>One of its settings, as it was started with it.</summary>
    public string Setting(string name) => _environment.Select(Pair).First(p => p.Name == name).Value;

    /// <summary>The silo in its old place must be gone. Goes when the test process goes.</summary>
    public StartedSilo Start(IReadOnlyDictionary<string, string> more)
    {
        var start = new ProcessStartInfo(_command[0], _command[1..])
        {
            WorkingDirectory = _folder,
            RedirectStandardInput = true, // its end takes the silo with us
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in _environment.Select(Pair)) start.Environment[name] = value;
        foreach (var (name, value) in more) start.Environment[name] = value;
        return new StartedSilo(Process.Start(start)!);
    }

    private static (string Name, string Value) Pair(string text)
    {
        var end = text.IndexOf('=', StringComparison.Ordinal);
        return (text[..end], text[(end + 1)..]);
    }

    private static string[] Strings(string file) => Encoding.UTF8.GetString(File.ReadAllBytes(file))
        .Split('\0', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>A silo that a test started itself; disposing kills it.</summary>
public sealed class StartedSilo : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();

    internal StartedSilo(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>On both streams; all of it, once it has ended.</summary>
    public string Said
    {
        get
        {
            if (_process.HasExited) _process.WaitForExit(); // until both streams end
            return string.Join('\n', _said);
        }
    }

    public bool HasEnded => _process.HasExited;

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
