using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Requests;

internal static class BarShapes
{
    private static readonly Member Comment = new("comment", MemberKind.Text,
        "For administrators; at most 500 characters.", "\"Three chargebacks.\"", Nullable: true);

    public static readonly BodyShape<BarDraft> Impose = new(
        [
            new("reason_code", MemberKind.Text,
                "1 to 64 characters a-z, 0-9 and -.", "\"payment-fraud\"", Required: true),
            Comment,
            new("public_reason", MemberKind.Text,
                "What the customer is told; at most 500 characters.",
                "\"Payments were disputed.\"", Nullable: true),
            new("scope", MemberKind.Text,
                "all (the default), or ordering: may do everything but order.", "\"all\"",
                Nullable: true),
            new("kind", MemberKind.Text,
                "blocked (the default) or suspended.", "\"suspended\"", Nullable: true),
            new("until", MemberKind.Text,
                "RFC 3339, in the future; only with suspended, which then ends by itself.",
                "\"2030-01-31T12:00:00Z\"", Nullable: true),
        ],
        readOnly: ["account_status"],
        members => new BarDraft
        {
            ReasonCode = members.Text("reason_code").Value,
            Comment = members.Text("comment").Value,
            PublicReason = members.Text("public_reason").Value,
            Scope = members.Text("scope").Value,
            Kind = members.Text("kind").Value,
            Until = members.Text("until").Value,
        });

    public static readonly BodyShape<BarLifting> Lift = new(
        [Comment],
        readOnly: ["account_status", "kind", "scope", "until"],
        members => new BarLifting(members.Text("comment").Value))
    {
        IsOptional = true,
    };
}
