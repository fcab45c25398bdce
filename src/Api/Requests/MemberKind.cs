namespace CustomerGrains.Api.Requests;

/// <summary>The JSON type of a member.</summary>
internal enum MemberKind
{
    Text,
    Number,
    Integer,
    Flag,

    /// <summary>An object whose members are flags.</summary>
    Flags,

    /// <summary>An array of strings.</summary>
    Texts,

    /// <summary>An object that only the grain looks into.</summary>
    Document,

    /// <summary>An array of objects with members of their own: <see cref="Member.Members"/>.
    /// </summary>
    Objects,

    /// <summary>An object with members of its own: <see cref="Member.Members"/>.</summary>
    Object,
}
