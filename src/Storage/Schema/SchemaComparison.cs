namespace CustomerGrains.Storage.Schema;

/// <summary>Compares the steps a database has taken with the steps this version knows.</summary>
internal static class SchemaComparison
{
    /// <summary>The steps still to take, in order.</summary>
    /// <exception cref="SchemaRefusedException">
    /// The database took a step this version does not know, took one with another text, or lacks
    /// one that lies before a step it took.
    /// </exception>
    public static IEnumerable<Migration> Pending(
        IReadOnlyList<Migration> known, IReadOnlyList<AppliedMigration> applied)
    {
        foreach (var step in applied)
            RefuseUnlessKnown(step, known);

        var last = applied.Count == 0 ? -1 : applied[^1].Number;
        var pending = known
            .Where(step => applied.All(taken => taken.Number != step.Number))
            .ToList();
        if (pending.Find(step => step.Number < last) is { } skipped)
            throw new SchemaRefusedException(
                $"The database took migration {applied[^1]} but not {skipped}, which lies before "
                + "it. Migrations only go forward: restore a database of one line of versions.");

        return pending;
    }

    private static void RefuseUnlessKnown(AppliedMigration step, IReadOnlyList<Migration> known)
    {
        var match = known.FirstOrDefault(candidate => candidate.Number == step.Number)
            ?? throw new SchemaRefusedException(
                $"The database is newer than this version: it took migration {step}, which is "
                + "unknown here. Start the version that knows it; there is no way back.");

        if (!match.Checksum.SequenceEqual(step.Checksum))
            throw new SchemaRefusedException(
                $"Migration {step} was applied with another text than this version carries as "
                + $"{match} (checksums differ). A migration is never edited after it landed: "
                + "restore the file, and put the change into a new migration.");
    }
}
