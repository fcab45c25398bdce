using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans.Concurrency;

namespace CustomerGrains.GrainInterfaces;

/// <summary>An import of customers: received in chunks, then worked off by the service, whoever is
/// killed meanwhile. One activation, so that lines are worked off one chunk at a time.</summary>
/// <remarks>Throws <see cref="TryAgainException"/> when there is no answer.</remarks>
[Alias("cg.IImportGrain")]
public interface IImportGrain : IGrainWithGuidKey
{
    /// <summary>Keeps lines of an import that is being received. Durable on return; repeating is
    /// safe. Nobody sees the import before <see cref="Start"/>.</summary>
    [Alias("Add")]
    Task Add(ImportLines lines, Caller admin);

    /// <summary>Starts the import; answers an <see cref="ImportView"/> of it or, under a key that
    /// was used before, of the one that was started first. Durable on return. Refusals:
    /// IdempotencyKeyReused.</summary>
    [Alias("Start")]
    Task<Reply> Start(RequestKey? key, Caller admin);

    /// <summary>Answers an <see cref="ImportProgressView"/>. Refusals: ImportUnknown.</summary>
    [AlwaysInterleave, Alias("Get")]
    Task<Reply> Get();

    /// <summary>Works off the next chunk. Internal; repeating is safe.</summary>
    /// <returns>False when there was nothing to do.</returns>
    [Alias("Advance")]
    Task<bool> Advance();
}

/// <summary>Lines that follow each other.</summary>
/// <param name="Chunk">From 0.</param>
/// <param name="FirstLine">From 1.</param>
/// <param name="Content">Lines with a line end between them; the line <c>\0</c> stands for one that
/// was too long.</param>
[GenerateSerializer, Immutable, Alias("cg.ImportLines")]
public sealed record ImportLines(
    [property: Id(0)] int Chunk,
    [property: Id(1)] int FirstLine,
    [property: Id(2)] string Content)
{
    /// <summary>Never the lines.</summary>
    public override string ToString() => $"lines from {FirstLine}";
}

// The JSON the API answers with about imports. Add members, never rename or remove one.

public sealed record ImportView(Guid ImportId);

/// <param name="State"><c>running</c> or <c>done</c>.</param>
/// <param name="RowsDone">Created and refused together.</param>
/// <param name="Report">The first 1000 refusals, in the order of lines.</param>
public sealed record ImportProgressView(
    string State,
    int RowsDone,
    int RowsTotal,
    int Created,
    int Refused,
    ImmutableArray<ImportRefusalView> Report);

/// <param name="Line">Its number, from 1.</param>
/// <param name="Detail">A sentence; nothing of what was in the line.</param>
public sealed record ImportRefusalView(int Line, string Code, string Detail);

/// <summary>Serialises these views as <see cref="ViewJson"/> does those of customers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ImportView))]
[JsonSerializable(typeof(ImportProgressView))]
public sealed partial class ImportViewJson : JsonSerializerContext;
