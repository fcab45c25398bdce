using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Requests;

internal static class MergeShapes
{
    private static readonly Member Reason = new("reason", MemberKind.Text,
        "For administrators; at most 500 characters.", "\"One person, two accounts.\"",
        Required: true);

    public static readonly BodyShape<MergeDraft> Merge = new(
        [
            new("redundant_id", MemberKind.Text,
                "The customer who will live on in the one of the path.",
                "\"01990b3c-5a50-7a2b-9d0e-3a1f7b6c2d11\"", Required: true),
            Reason,
        ],
        readOnly: [],
        members => new MergeDraft(
            members.RequiredId("redundant_id"), members.Text("reason").Value));

    public static readonly BodyShape<MergeUndoDraft> Undo = new(
        [
            new("merge_id", MemberKind.Text, "From the answer that began the merge.",
                "\"01990b3c-5a50-7a2b-9d0e-3a1f7b6c2d11\"", Required: true),
            Reason,
        ],
        readOnly: [],
        members => new MergeUndoDraft(
            members.RequiredId("merge_id"), members.Text("reason").Value));

    public static readonly BodyShape<LinkDraft> Link = new(
        [
            new("channel", MemberKind.Text, "phone or email.", "\"email\"", Required: true),
            new("contact", MemberKind.Text,
                "Of the other account: phone number (E.164) or email address.",
                "\"ann@example.org\"", Required: true),
        ],
        readOnly: [],
        members => new LinkDraft(
            members.Text("channel").Value, members.Text("contact").Value));

    public static readonly BodyShape<(string? Own, string? Other)> Codes = new(
        [
            new("own_code", MemberKind.Text,
                "The six digits that the own contact was sent; a guest, who has none, leaves it "
                + "out.", "\"204816\"", Nullable: true),
            new("other_code", MemberKind.Text,
                "The six digits that the other contact was sent.", "\"481620\"", Required: true),
        ],
        readOnly: [],
        members => (members.Text("own_code").Value, members.Text("other_code").Value));
}
