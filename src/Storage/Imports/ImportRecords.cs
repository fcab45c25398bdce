using System.Collections.Immutable;

namespace CustomerGrains.Storage.Imports;

/// <summary>Lines of an import that follow each other.</summary>
/// <param name="Number">From 0.</param>
/// <param name="FirstLine">From 1.</param>
/// <param name="Content">Lines with a line end between them.</param>
public sealed record ImportChunk(int Number, int FirstLine, string Content)
{
    /// <summary>A line in place of one that was too long to be kept.</summary>
    public const string TooLong = "\0";

    /// <summary>The lines that say something, with their numbers.</summary>
    public IEnumerable<(int Line, string Text)> Lines => Content.Split('\n')
        .Select((text, i) => (FirstLine + i, text))
        .Where(line => !string.IsNullOrWhiteSpace(line.text));

    /// <summary>Never the lines.</summary>
    public override string ToString() => $"lines from {FirstLine}";
}

/// <param name="RequestedBy">The administrator.</param>
public sealed record ChunkToDo(ImportChunk Chunk, Guid RequestedBy);

/// <summary>Why a line was not taken. Nothing of what was in it.</summary>
public sealed record ImportRefusal(int Line, string Code, string Detail);

/// <param name="State"><c>running</c> or <c>done</c>.</param>
/// <param name="Report">The first <see cref="ImportStore.RefusalsMax"/>.</param>
public sealed record ImportProgress(
    string State,
    int RowsDone,
    int RowsTotal,
    int Created,
    int Refused,
    ImmutableArray<ImportRefusal> Report);

/// <param name="Id">Of the import that runs: an earlier one, when the key started one.</param>
public sealed record ImportStart(Guid Id, bool IsReplay, bool IsKeyReused);
