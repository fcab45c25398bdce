namespace CustomerGrains.GrainInterfaces;

/// <summary>Who a token speaks for. The numbers are stored in the journal: add, never reuse.</summary>
public enum CallerRole : byte
{
    System = 0,
    Customer = 1,
    Branch = 2,
    Admin = 3,
    Rider = 4,
    OrderSystem = 5,
}

/// <summary>The validated token behind a call.</summary>
/// <param name="Id">The token's <c>sub</c>.</param>
/// <param name="Role">The token's <c>role</c>.</param>
/// <param name="TokenIssuedAt">Unix time in milliseconds; the grain compares it with the time
/// before which it no longer accepts tokens.</param>
/// <param name="BranchId">The token's <c>branch_id</c>; there exactly when the role is
/// <see cref="CallerRole.Branch"/>.</param>
[GenerateSerializer, Immutable, Alias("cg.Caller")]
public readonly record struct Caller(
    [property: Id(0)] Guid Id,
    [property: Id(1)] CallerRole Role,
    [property: Id(2)] long TokenIssuedAt,
    [property: Id(3)] Guid? BranchId = null);
