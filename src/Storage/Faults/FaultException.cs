using Npgsql;

namespace CustomerGrains.Storage.Faults;

/// <summary>A test wants it to fail here, as if the connection to the database broke.</summary>
public sealed class FaultException(string point)
    : NpgsqlException($"The fault point {point} is on.");
