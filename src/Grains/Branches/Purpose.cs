using System.Collections.Immutable;
using CustomerGrains.Domain;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Grains.Branches;

/// <summary>Why somebody looks, as typed.</summary>
internal readonly record struct Purpose(string Text, Reply? Refusal)
{
    public static Purpose Parse(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return new("", Reply.Refused(ReplyCode.PurposeRequired));
        var v = new Validation();
        var text = TextRules.Line(v, "purpose", typed, Limits.PurposeLengthMax)!;
        return new(text, v.IsClean ? null : Invalid(v.Errors));
    }

    private static Reply Invalid(ImmutableArray<InvalidMember> errors) => new()
    {
        Code = ReplyCode.InvalidMember,
        Errors = [.. errors.Select(e => new MemberError(e.Member, e.Message))],
    };
}
