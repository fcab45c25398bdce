namespace CustomerGrains.Simulation.Tests.Model;

/// <summary>Writes that become visible all at once, or never. Its number is taken when it begins
/// to write, long before it commits.</summary>
internal sealed class Transaction(ulong number)
{
    private readonly HashSet<object> _added = [];

    public ulong Number => number;

    public List<Action> Writes { get; } = [];

    public HashSet<object> Locks { get; } = [];

    public Dictionary<ContactKey, Reservation> Reserved { get; } = [];

    /// <summary>A key in a unique index.</summary>
    /// <returns>False when an earlier row of this transaction has it.</returns>
    public bool Adds(object key) => _added.Add(key);

    public bool IsOver { get; set; }
}

/// <summary>The connection broke, or nobody answered: what was asked for may happen or not.
/// </summary>
internal sealed class AnswerLostException : Exception;

/// <summary>The transaction is rolled back; sending it again is safe.</summary>
internal sealed class RolledBackException : Exception;

/// <summary>The transaction is rolled back for what it would write.</summary>
internal sealed class DataErrorException(string constraint) : Exception
{
    public string Constraint => constraint;
}
