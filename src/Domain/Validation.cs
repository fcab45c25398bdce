using System.Collections.Immutable;

namespace CustomerGrains.Domain;

/// <summary>Collects what is wrong with a request, so that one answer names everything.</summary>
public sealed class Validation
{
    public bool IsClean => Errors.IsEmpty;

    public ImmutableArray<InvalidMember> Errors { get; private set; } = [];

    public void Refuse(string member, string message) =>
        Errors = Errors.Add(new InvalidMember(member, message));
}

/// <param name="Member">Its name in the API.</param>
/// <param name="Message">For a developer; never repeats the value.</param>
public readonly record struct InvalidMember(string Member, string Message);
