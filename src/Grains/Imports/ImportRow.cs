using System.Collections.Immutable;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;

namespace CustomerGrains.Grains.Imports;

/// <summary>A line of an import as a command, or why it is none.</summary>
/// <param name="Command">Of the customer with this id; null: see the code.</param>
/// <param name="Detail">A sentence; nothing of what was in the line.</param>
internal sealed record ImportRow(
    Func<Guid, CustomerCommand>? Command, string? ExternalId, string Code = "", string Detail = "")
{
    /// <summary>What only one customer can have.</summary>
    public string[] Claims { get; init; } = [];

    /// <summary>What one sentence has room for.</summary>
    private const int ErrorsMax = 5;

    public static ImportRow Refused(string code, string detail) => new(null, null, code, detail);

    public static ImportRow Invalid(ImmutableArray<InvalidMember> errors) =>
        Refused("invalid-member", Sentence(errors));

    /// <summary>Names of members and rules, never values.</summary>
    public static string Sentence(ImmutableArray<InvalidMember> errors) => string.Join(
        ' ', errors.Take(ErrorsMax).Select(e => $"{e.Member}: {e.Message}"));

    /// <summary>Never the values.</summary>
    public override string ToString() => "a line";
}
