namespace CustomerGrains.Simulation.Tests;

/// <summary>Runs one world on the calling thread alone.</summary>
internal static class Runs
{
    /// <returns>What was found; null when no promise was broken.</returns>
    public static Exception? Of(int seed, Defect defect)
    {
        try
        {
            Run(seed, defect);
            return null;
        }
        catch (Exception e)
        {
            // A planted defect may also break a rule of the domain itself.
            return e;
        }
    }

    /// <summary>What a world came to: equal for equal seeds.</summary>
    public static string Trace(int seed)
    {
        var world = Run(seed, Defect.None);
        return $"{world.Clock.Steps} {world.Clock.Now:O} {world.Oracle.Answers} "
            + string.Join(", ", world.Database.Tables.Rows.Select(r => r.Row.CommandId));
    }

    private static World Run(int seed, Defect defect)
    {
        // With one, what is awaited would go on elsewhere.
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var world = new World(seed, defect);
            world.Run();
            return world;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}
