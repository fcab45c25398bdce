namespace CustomerGrains.GrainInterfaces;

/// <summary>Body of <c>POST /api/admin/customers/{id}/merge</c> and <c>…/merge/preview</c>, JSON
/// types checked, values not.</summary>
[GenerateSerializer, Immutable, Alias("cg.MergeDraft")]
public sealed record MergeDraft(
    [property: Id(0)] Guid RedundantId, [property: Id(1)] string? Reason)
{
    /// <summary>Never the text.</summary>
    public override string ToString() => $"a merge of {RedundantId}";
}

/// <summary>Body of <c>POST /api/admin/customers/{id}/merge/undo</c>.</summary>
[GenerateSerializer, Immutable, Alias("cg.MergeUndoDraft")]
public sealed record MergeUndoDraft(
    [property: Id(0)] Guid MergeId, [property: Id(1)] string? Reason)
{
    /// <summary>Never the text.</summary>
    public override string ToString() => $"an undo of {MergeId}";
}

/// <summary>Two customers, one of whom is to live on in the other.</summary>
/// <param name="RedundantId"><see cref="Guid.Empty"/>: nobody owns the contact that was
/// proved.</param>
/// <param name="Reason">Of an administrator; null when the customer asked.</param>
/// <param name="Key">Of the request that showed the codes of a link: whoever repeats it is
/// answered as the first time. Null: it carried none.</param>
[GenerateSerializer, Immutable, Alias("cg.MergeOrder")]
public sealed record MergeOrder(
    [property: Id(0)] Guid MergeId,
    [property: Id(1)] Guid SurvivorId,
    [property: Id(2)] Guid RedundantId,
    [property: Id(3)] string? Reason,
    [property: Id(4)] RequestKey? Key = null)
{
    /// <summary>Never the text.</summary>
    public override string ToString() => $"merge {MergeId}";
}

/// <summary>Body of <c>POST /api/utc/account-links</c>.</summary>
[GenerateSerializer, Immutable, Alias("cg.LinkDraft")]
public sealed record LinkDraft(
    [property: Id(0)] string? Channel, [property: Id(1)] string? Contact)
{
    /// <summary>Never the contact.</summary>
    public override string ToString() => $"a link by {Channel}";
}

/// <summary>The two codes that were sent for a link.</summary>
/// <param name="OwnCode">Null for a guest, who has no contact to prove.</param>
[GenerateSerializer, Immutable, Alias("cg.LinkProof")]
public sealed record LinkProof(
    [property: Id(0)] Guid LinkId,
    [property: Id(1)] string? OwnCode,
    [property: Id(2)] string? OtherCode)
{
    /// <summary>Never the codes.</summary>
    public override string ToString() => $"codes of {LinkId}";
}
