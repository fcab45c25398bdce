using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Requests;

internal static class ContactShapes
{
    private static readonly Member ChangeId = new("change_id", MemberKind.Text,
        "From the request for the change.", "\"01990b3c-5a50-7a2b-9d0e-3a1f7b6c2d11\"",
        Required: true);

    public static readonly BodyShape<ContactChangeDraft> Request = new(
        [
            new("channel", MemberKind.Text, "phone or email.", "\"phone\"", Required: true),
            new("new_value", MemberKind.Text,
                "Phone number (E.164) or email address.", "\"+919812345678\"", Required: true),
            new("confirm_active_order", MemberKind.Flag,
                "Change the phone although orders are under way.", "false"),
        ],
        readOnly: [],
        members => new ContactChangeDraft(
            members.Text("channel").Value,
            members.Text("new_value").Value,
            members.Flag("confirm_active_order").Value ?? false));

    public static readonly BodyShape<ContactProof> Proof = new(
        [
            ChangeId,
            new("code", MemberKind.Text, "The six digits that were sent.", "\"204816\"", true),
        ],
        readOnly: [],
        members => new ContactProof(
            members.RequiredId("change_id"), members.RequiredText("code")));

    public static readonly BodyShape<Guid> Resend = new(
        [ChangeId], readOnly: [], members => members.RequiredId("change_id"));

    public static readonly BodyShape<ContactUndoToken> Undo = new(
        [
            new("token", MemberKind.Text, "As it was sent to the old contact.",
                "\"AZkLPFpQeiudDjofe2wtER7v3V2rXc1u…\"", Required: true),
        ],
        readOnly: [],
        members => new ContactUndoToken(members.RequiredText("token")));
}
