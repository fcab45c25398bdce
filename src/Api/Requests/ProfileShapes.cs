using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Requests;

internal static class ProfileShapes
{
    public static readonly BodyShape<ProfileEdit> Edit = new(
        [
            new("name", MemberKind.Text, "Full name.", "\"Asha Rao\"", Nullable: true),
            new("gender", MemberKind.Text, "male, female or other.", "\"female\"", Nullable: true),
            new("date_of_birth", MemberKind.Text, "YYYY-MM-DD.", "\"1990-04-17\"", Nullable: true),
            new("preferred_language", MemberKind.Text,
                "BCP 47 tag; null: back to the default.", "\"en\"", Nullable: true),
            new("avatar_media_id", MemberKind.Text,
                "Id of one of the caller's media.", "null", Nullable: true),
            new("notification_preferences", MemberKind.Flags,
                "Members merge; null: back to the defaults.", "{\"sms\":false}", Nullable: true),
        ],
        readOnly:
        [
            "id", "version", "phone", "email", "account_status", "is_temporary", "is_verified",
            "phone_verified", "email_verified", "customer_tier", "customer_segment",
            "profile_completion_percentage", "profile_missing", "rewards", "total_orders_count",
            "total_spend", "average_order_value", "pending_changes", "created_at", "updated_at",
            "last_login_at",
        ],
        members => new ProfileEdit
        {
            Name = members.Text("name"),
            Gender = members.Text("gender"),
            DateOfBirth = members.Text("date_of_birth"),
            PreferredLanguage = members.Text("preferred_language"),
            AvatarMediaId = members.Text("avatar_media_id"),
            NotificationPreferences = members.Flags("notification_preferences"),
        });

    public static readonly BodyShape<MediaDraft> Media = new(
        [
            new("content_type", MemberKind.Text, "Media type of the image.", "\"image/png\"", true),
            new("bytes", MemberKind.Integer, "Size of the stored object in bytes.", "48213", true),
        ],
        readOnly: ["id", "created_at"],
        members => new MediaDraft(
            members.Text("content_type").Value, members.Integer("bytes").Value));
}
