using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Customers;

namespace CustomerGrains.Grains.Customers;

/// <summary>What administrators say about bars, as commands.</summary>
internal static class BarParser
{
    private static readonly string ReasonCodeRule =
        $"Required: 1 to {Limits.ReasonCodeLengthMax} characters a-z, 0-9 and -.";

    public static Parsed Impose(BarDraft draft, Guid by, DateTimeOffset now)
    {
        var v = new Validation();
        if (draft.ReasonCode is null || !TextRules.IsReasonCode(draft.ReasonCode))
            v.Refuse("reason_code", ReasonCodeRule);
        var kind = StoredWords.ParseBarKind(draft.Kind ?? "blocked");
        if (kind is null) v.Refuse("kind", "Must be blocked or suspended.");
        var scope = StoredWords.ParseBarScope(draft.Scope ?? "all");
        if (scope is null) v.Refuse("scope", "Must be all or ordering.");
        var comment = Text(v, "comment", draft.Comment);
        var publicReason = Text(v, "public_reason", draft.PublicReason);
        var until = Until(v, draft, now);
        if (!v.IsClean) return new(null, v.Errors);

        return new(new CustomerCommand.ImposeBar(new Bar
        {
            Kind = kind!.Value,
            Scope = scope!.Value,
            ReasonCode = draft.ReasonCode!,
            Comment = comment,
            PublicReason = publicReason,
            Until = until,
            By = by,
        }));
    }

    public static Parsed Lift(BarLifting lifting, Guid by)
    {
        var v = new Validation();
        var comment = Text(v, "comment", lifting.Comment);
        return v.IsClean ? new(new CustomerCommand.LiftBar(comment, by)) : new(null, v.Errors);
    }

    private static string? Text(Validation v, string member, string? text) =>
        TextRules.Paragraph(v, member, text, Limits.ReasonTextLengthMax);

    private static DateTimeOffset? Until(Validation v, BarDraft draft, DateTimeOffset now)
    {
        if (draft.Until is not { } text) return null;
        if (!Rfc3339.TryParse(text, out var time))
            v.Refuse("until", Rfc3339.Rule);
        else if (time <= now)
            v.Refuse("until", "Must lie in the future.");
        else if (draft.Kind != "suspended")
            v.Refuse("until", "Only a suspension ends by itself.");
        else
            return time;
        return null;
    }
}
