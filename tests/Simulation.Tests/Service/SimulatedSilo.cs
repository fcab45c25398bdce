using CustomerGrains.Simulation.Tests.Machine;

namespace CustomerGrains.Simulation.Tests.Service;

/// <summary>A process that holds customers in memory.</summary>
internal sealed class SimulatedSilo
{
    private readonly World _world;
    private Dictionary<Guid, Activation> _activations = [];

    public SimulatedSilo(World world, int number)
    {
        _world = world;
        Process = new Process($"silo-{number}");
        Commits = NewCommits();
        Feed = new FeedAgent(world, this);
    }

    public Process Process { get; }

    public GroupCommit Commits { get; private set; }

    public FeedAgent Feed { get; private set; }

    /// <summary>The others have given it up: no request goes to it, and no answer of it counts.
    /// </summary>
    public bool IsOut { get; set; }

    /// <summary>In the memory of this silo; a second one of the same customer may be in
    /// another's.</summary>
    public Activation Find(Guid customer)
    {
        if (_activations.TryGetValue(customer, out var held) && !held.IsGone) return held;
        return _activations[customer] = new Activation(_world, this, customer);
    }

    /// <summary>Dies and comes back with nothing in memory.</summary>
    public void Restart()
    {
        Process.Kill();
        (_activations, IsOut) = ([], false);
        Commits = NewCommits();
        Feed = new FeedAgent(_world, this);
    }

    private GroupCommit NewCommits() =>
        new(_world.Clock, _world.Database, Process, _world.Defect);
}
