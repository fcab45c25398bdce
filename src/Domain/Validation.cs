using System.Collections.Immutable;

namespace CustomerGrains.Domain;

/// <summary>Collects what is wrong with a request, so that one answer names everything.</summary>
public sealed class Validation
{
    private readonly ImmutableArray<InvalidMember>.Builder _errors =
        ImmutableArray.CreateBuilder<InvalidMember>();

    public bool IsClean => _errors.Count == 0;

    public ImmutableArray<InvalidMember> Errors => _errors.ToImmutable();

    public void Refuse(string member, string message) =>
        _errors.Add(new InvalidMember(member, message));
}

/// <param name="Member">Its name in the API.</param>
/// <param name="Message">For a developer; never repeats the value.</param>
public readonly record struct InvalidMember(string Member, string Message);
