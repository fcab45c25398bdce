namespace CustomerGrains.Storage.Schema;

/// <summary>
/// The database is not one this version may work on. Repeating does not help: someone has to
/// migrate, restore, or start the version that fits. The message says which.
/// </summary>
public sealed class SchemaRefusedException(string message) : Exception(message);
