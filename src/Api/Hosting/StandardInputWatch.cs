namespace CustomerGrains.Api.Hosting;

/// <summary>Stops the process gracefully when its standard input ends: the launcher holds the
/// other end, so no front end outlives a launcher that was killed.</summary>
internal sealed class StandardInputWatch(IHostApplicationLifetime lifetime) : IHostedService
{
    private const int BufferBytes = 256;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // A thread of its own: reading a pipe blocks.
        new Thread(ReadToEnd) { IsBackground = true, Name = "standard input" }.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void ReadToEnd()
    {
        using var input = Console.OpenStandardInput();
        var buffer = new byte[BufferBytes];
        while (input.Read(buffer) > 0)
        {
            // What is written does not matter, only the end.
        }

        lifetime.StopApplication();
    }
}
