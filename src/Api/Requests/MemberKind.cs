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
}
