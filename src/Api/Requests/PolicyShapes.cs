using System.Diagnostics.CodeAnalysis;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Requests;

/// <summary>The bodies by which policies are replaced.</summary>
internal static class PolicyShapes
{
    public static readonly BodyShape<PolicyDraft> CategoryAges = Of(
        "Full years by category; a category that is left out is open to everybody.",
        """{"alcohol":18,"tobacco":18}""");

    public static readonly BodyShape<PolicyDraft> Tiers = Of(
        "For each tier, delivered orders and what was spent on them; both must be reached, and a "
        + "higher tier asks for no less than a lower one.",
        """
        {"regular":{"orders":3,"spend":"0.00"},"vip":{"orders":10,"spend":"10000.00"},
         "premium":{"orders":30,"spend":"50000.00"}}
        """);

    public static readonly BodyShape<PolicyDraft> Completion = Of(
        "Weights of phone, name, email, date_of_birth, addresses, gender and avatar_media_id, 100 "
        + "in all; one that is left out does not count.",
        """
        {"phone":20,"name":15,"email":15,"date_of_birth":15,"addresses":15,"gender":10,
         "avatar_media_id":10}
        """);

    public static readonly BodyShape<PolicyDraft> Risk = Of(
        "For each sign of risk: points for each time, free times that do not count, max points of "
        + "all; one that is left out does not count. Those of delivered-orders are taken off.",
        """
        {"otp-failures":{"points":4,"free":5,"max":30},
         "contact-changes":{"points":10,"free":2,"max":30},
         "contact-undos":{"points":25,"free":0,"max":50},
         "cancelled-orders":{"points":4,"free":2,"max":30},
         "failed-orders":{"points":8,"free":1,"max":40},
         "address-changes":{"points":2,"free":10,"max":20},
         "merges":{"points":5,"free":1,"max":15},
         "underage-orders":{"points":15,"free":0,"max":45},
         "delivered-orders":{"points":1,"free":0,"max":20}}
        """);

    private static BodyShape<PolicyDraft> Of(
        string description, [StringSyntax(StringSyntaxAttribute.Json)] string example) => new(
        [
            new("version", MemberKind.Integer, "The version that is replaced.", "1", true),
            new("document", MemberKind.Document, description, example, true),
        ],
        readOnly: ["name", "changed_at", "changed_by"],
        members =>
        {
            var version = members.Integer("version").Value;
            if (version is null && members.IsClean) members.Refuse("version", "Required.");
            return new PolicyDraft(version ?? 0, members.RequiredDocument("document"));
        });
}
