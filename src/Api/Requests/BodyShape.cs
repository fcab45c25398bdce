using System.Collections.Frozen;

namespace CustomerGrains.Api.Requests;

/// <summary>The members of a request body, by which it is both read and documented.</summary>
internal abstract class BodyShape(Member[] members, string[] readOnly)
{
    private readonly FrozenSet<string> settable = members.Select(m => m.Name).ToFrozenSet();
    private readonly FrozenSet<string> unsettable = readOnly.ToFrozenSet();

    public IReadOnlyList<Member> Members { get; } = members;

    /// <summary>True when no body at all counts as <c>{}</c>.</summary>
    public bool IsOptional { get; init; }

    public bool IsSettable(string name) => settable.Contains(name);

    public bool IsUnknown(string name) => !IsSettable(name) && !IsReadOnly(name);

    /// <summary>True for members of the resource that this request cannot set.</summary>
    public bool IsReadOnly(string name) => unsettable.Contains(name);
}

/// <summary>A body read into a contract record.</summary>
/// <param name="read">Takes the members out of the reader, which collects what is wrong.</param>
internal sealed class BodyShape<T>(
    Member[] members, string[] readOnly, Func<MemberReader, T> read) : BodyShape(members, readOnly)
{
    public T Read(MemberReader members) => read(members);
}
