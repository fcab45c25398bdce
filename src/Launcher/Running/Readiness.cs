using System.Net;

namespace CustomerGrains.Launcher.Running;

/// <summary>Waits for a freshly started service to serve.</summary>
internal static class Readiness
{
    // Short against a start of seconds, and no burden on it.
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);

    // One answer; the endpoint asks each silo, which may still be starting.
    private static readonly TimeSpan TryLimit = TimeSpan.FromSeconds(2);

    // Far longer than the slowest first start seen (seconds); whoever waits wants an end.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    // A process that dies this often in a row does not get better by trying again.
    private const int DeathsMax = 5;

    /// <summary>
    /// Returns once the API and every silo say that they are ready. The API alone would be content
    /// with the first silo, and the others would join under the first requests.
    /// </summary>
    /// <exception cref="LauncherException">It does not get there.</exception>
    public static async Task Reached(
        IReadOnlyList<SupervisedProcess> processes, TimeProvider time,
        CancellationToken cancellation)
    {
        using var client = new HttpClient { Timeout = TryLimit };
        var started = time.GetTimestamp();
        var waiting = new Queue<Uri>(processes.Select(process => process.Program.Health));
        while (waiting.TryPeek(out var next))
        {
            if (await IsReady(client, next, cancellation)) waiting.Dequeue();
            else await BeforeNextTry(processes, started, time, cancellation);
        }
    }

    private static async Task BeforeNextTry(
        IReadOnlyList<SupervisedProcess> processes, long started, TimeProvider time,
        CancellationToken cancellation)
    {
        if (processes.FirstOrDefault(process => process.Deaths >= DeathsMax) is { } dying)
            throw new LauncherException(
                $"{dying.Program.Name} does not start; the end of {dying.LogFile}:\n"
                + EndOf(dying.LogFile));
        if (time.GetElapsedTime(started) > Limit)
            throw new LauncherException(
                $"The service was not ready after {Limit.TotalSeconds:0} s. Its logs: "
                + string.Join(", ", processes.Select(process => process.LogFile)));

        await Task.Delay(BetweenTries, time, cancellation);
    }

    private static async Task<bool> IsReady(
        HttpClient client, Uri health, CancellationToken cancellation)
    {
        try
        {
            using var answer = await client.GetAsync(health, cancellation);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // nobody listens yet
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false; // no answer in time
        }
    }

    private static string EndOf(string file)
    {
        const int Lines = 20; // the exception's message and where it came from
        return string.Join('\n', File.ReadLines(file).TakeLast(Lines));
    }
}
