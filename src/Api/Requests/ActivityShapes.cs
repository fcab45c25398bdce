using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Requests;

internal static class ActivityShapes
{
    public static readonly BodyShape<ActivityDraft> Draft = new(
        [
            new("events", MemberKind.Objects, "1 to 100, in any order.",
                """
                [{"kind":"session_started","at":"2026-01-31T12:00:00Z","session_id":"s-2f6c"}]
                """, Required: true)
            {
                Members =
                [
                    new("kind", MemberKind.Text,
                        "session_started, session_ended or cart_abandoned.",
                        "\"session_started\"", Required: true),
                    new("at", MemberKind.Text,
                        "RFC 3339; at most 30 days back.", "\"2026-01-31T12:00:00Z\"",
                        Required: true),
                    new("session_id", MemberKind.Text,
                        "Made by the app: 1 to 64 visible ASCII characters, nothing personal.",
                        "\"s-2f6c\"", Required: true),
                ],
            },
        ],
        readOnly: [],
        members => new ActivityDraft(members.RequiredObjects(
            "events", item => new ActivityItemDraft(
                item.RequiredText("kind"),
                item.RequiredText("at"),
                item.RequiredText("session_id")))));
}
