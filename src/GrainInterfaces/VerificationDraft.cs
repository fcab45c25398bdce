namespace CustomerGrains.GrainInterfaces;

/// <summary>Body of <c>POST /api/admin/customers/{id}/verification</c>, values not checked.
/// </summary>
/// <param name="IsVerified">Null: not said.</param>
/// <param name="Evidence">What was seen, as a document's kind and number.</param>
[GenerateSerializer, Immutable, Alias("cg.VerificationDraft")]
public sealed record VerificationDraft(
    [property: Id(0)] bool? IsVerified,
    [property: Id(1)] string? Evidence,
    [property: Id(2)] string? Comment);
