using System.Diagnostics.CodeAnalysis;

namespace CustomerGrains.Api.Requests;

/// <summary>One member a request body may have: what the reader expects and the document
/// describes.</summary>
/// <param name="Required">The document says so; whether a missing one is refused here or in the
/// grain is up to the reader.</param>
internal sealed record Member(
    string Name,
    MemberKind Kind,
    string Description,
    [StringSyntax(StringSyntaxAttribute.Json)] string Example,
    bool Required = false,
    bool Nullable = false)
{
    /// <summary>Of an <see cref="MemberKind.Object"/>.</summary>
    public IReadOnlyList<Member> Members { get; init; } = [];
}
