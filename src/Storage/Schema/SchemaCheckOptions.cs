namespace CustomerGrains.Storage.Schema;

/// <summary>What a silo accepts of the database it starts on.</summary>
public sealed class SchemaCheckOptions
{
    /// <summary>
    /// Start even when <c>fsync</c> or <c>synchronous_commit</c> is off. Answers then promise
    /// nothing: a crash of the machine may lose acknowledged commands. Never in production.
    /// </summary>
    public bool AllowUnsafeDurability { get; set; }
}
