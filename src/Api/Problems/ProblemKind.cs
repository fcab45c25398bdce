namespace CustomerGrains.Api.Problems;

/// <summary>One way a request can be refused, as clients see it.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable, kebab-case; what a client's program decides on.</param>
/// <param name="Title">Short and the same for every occurrence.</param>
/// <param name="Detail">What the client can do. Never holds a value of the request.</param>
internal sealed record ProblemKind(int Status, string Code, string Title, string Detail)
{
    /// <summary>The <c>type</c> member.</summary>
    public string Type { get; } = "/problems/" + Code;
}
