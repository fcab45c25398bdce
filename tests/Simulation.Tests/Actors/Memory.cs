using CustomerGrains.Simulation.Tests.Model;

namespace CustomerGrains.Simulation.Tests.Actors;

/// <summary>What a customer's devices know.</summary>
internal sealed class Memory
{
    public List<Guid> Addresses { get; } = [];

    public List<Guid> Changes { get; } = [];

    public List<Mail> UndosSeen { get; } = [];
}
