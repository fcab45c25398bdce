using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;

namespace CustomerGrains.Launcher.Running;

/// <summary>What is running, as written to <c>run.json</c> in the data folder.</summary>
/// <param name="Launcher">Process of the launcher.</param>
/// <param name="Postgres">Process of the local server; null when elsewhere or down.</param>
public sealed record RunState(
    int Launcher, string Url, int OpsPort, string ClusterId, int? Postgres,
    ImmutableArray<RunningProcess> Processes)
{
    private static readonly JsonSerializerOptions Form =
        new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The state in the file; null when there is none, or it is cut short.</summary>
    public static RunState? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<RunState>(File.ReadAllText(path), Form);
        }
        catch (Exception failure) when (failure is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Replaces the file as a whole; a reader never sees half of it.</summary>
    public void Write(string path)
    {
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(this, Form));
        File.Move(path + ".new", path, overwrite: true);
    }
}

/// <summary>One process of the service.</summary>
/// <param name="Name"><c>api</c>, <c>silo-0</c>, <c>silo-1</c> …</param>
/// <param name="StartedAt">Tells it from a later process with the same number.</param>
public sealed record RunningProcess(
    string Name, int Pid, DateTime StartedAt, int Port, int OpsPort, int? GatewayPort)
{
    // The system counts a process's age in ticks and we compute its birth from that.
    private static readonly TimeSpan Inexactness = TimeSpan.FromSeconds(2);

    /// <summary>The process if it still runs; the caller disposes of it.</summary>
    public Process? Find()
    {
        try
        {
            var process = Process.GetProcessById(Pid);
            if ((process.StartTime.ToUniversalTime() - StartedAt).Duration() < Inexactness)
                return process;
            process.Dispose();
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException)
        {
            // ended
        }

        return null;
    }
}
