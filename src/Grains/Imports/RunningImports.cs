using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Imports;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerGrains.Grains.Imports;

/// <summary>Has running imports worked off. Every silo does it, so that they survive any of them;
/// an import's grain works for one at a time.</summary>
public sealed partial class RunningImports(
    ImportStore imports, IGrainFactory grains, ILogger<RunningImports> log)
{
    /// <summary>Imports of one round.</summary>
    private const int ImportsAtOnce = 10;

    /// <summary>Works until nothing is left that goes on; what fails waits for the next round.
    /// </summary>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task WorkOff(CancellationToken cancellation)
    {
        foreach (var import in await imports.Running(ImportsAtOnce))
        {
            try
            {
                while (await grains.GetGrain<IImportGrain>(import).Advance())
                    cancellation.ThrowIfCancellationRequested();
            }
            catch (Exception e) when (e
                is TryAgainException or TimeoutException or OrleansException)
            {
                Failed(log, e.GetType().Name);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "An import could not go on: {Kind}; it is tried again.")]
    private static partial void Failed(ILogger log, string kind);
}
