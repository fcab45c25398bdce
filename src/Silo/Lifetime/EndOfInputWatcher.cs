namespace CustomerGrains.Silo.Lifetime;

/// <summary>Stops the host when standard input ends: the launcher holds the other end, so a
/// launcher that dies in any way takes its silos with it.</summary>
internal sealed class EndOfInputWatcher(IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // A thread of its own: a read of a console or pipe blocks and cannot be cancelled.
        new Thread(WaitForEnd) { IsBackground = true, Name = "end of input" }.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void WaitForEnd()
    {
        using var input = Console.OpenStandardInput();
        Span<byte> ignored = stackalloc byte[64];
        while (input.Read(ignored) > 0)
        {
        }

        lifetime.StopApplication();
    }
}
