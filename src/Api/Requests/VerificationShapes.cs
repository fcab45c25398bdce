using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Requests;

internal static class VerificationShapes
{
    public static readonly BodyShape<VerificationDraft> Draft = new(
        [
            new("is_verified", MemberKind.Flag,
                "Whether it is believed that the customer is who they say.", "true",
                Required: true),
            new("evidence", MemberKind.Text,
                "What was seen; 1 to 500 characters, required with true.",
                "\"Passport, number ends with 4711.\"", Nullable: true),
            new("comment", MemberKind.Text,
                "For administrators; at most 500 characters.", "\"Seen by video.\"",
                Nullable: true),
        ],
        readOnly: [],
        members => new VerificationDraft(
            members.Flag("is_verified").Value,
            members.Text("evidence").Value,
            members.Text("comment").Value));
}
