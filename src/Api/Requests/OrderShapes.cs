using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Requests;

internal static class OrderShapes
{
    private const string SomeId = "\"01990b3c-5a50-7a2b-9d0e-3a1f7b6c2d11\"";

    public static readonly BodyShape<OrderDraft> Draft = new(
        [
            new("order_id", MemberKind.Text, "Made by the order system.", SomeId, true),
            new("customer_id", MemberKind.Text, "Who ordered.", SomeId, true),
            new("branch_id", MemberKind.Text, "Where the goods come from.", SomeId, true),
            new("address_id", MemberKind.Text,
                "One of the customer's addresses; null when the order is collected.", SomeId,
                Required: true, Nullable: true),
            new("categories", MemberKind.Texts,
                "Lower-case names, 20 at most; some have a minimum age.", "[\"groceries\"]", true),
            new("total", MemberKind.Text, "Decimal string with two places.", "\"499.00\"", true),
            new("placed_at", MemberKind.Text,
                "RFC 3339; any past time.", "\"2026-01-31T12:00:00Z\"", true),
            new("contact", MemberKind.Object,
                "Whom to call about this order; goes into the snapshot.",
                "{\"name\":\"Asha Rao\",\"phone\":\"+919812345678\"}", Nullable: true)
            {
                Members =
                [
                    new("name", MemberKind.Text,
                        "Null: the customer's own.", "\"Asha Rao\"", Nullable: true),
                    new("phone", MemberKind.Text, "E.164.", "\"+919812345678\"", Required: true),
                ],
            },
        ],
        readOnly: ["status", "rider_id", "customer_snapshot", "phone_updated", "updated_at"],
        members =>
        {
            members.RequirePresence("address_id");
            return new OrderDraft
            {
                OrderId = members.RequiredId("order_id"),
                CustomerId = members.RequiredId("customer_id"),
                BranchId = members.RequiredId("branch_id"),
                AddressId = members.Id("address_id"),
                Categories = members.RequiredTexts("categories"),
                Total = members.RequiredText("total"),
                PlacedAt = members.RequiredText("placed_at"),
                Contact = members.Object("contact", contact => new OrderContactDraft(
                    contact.Text("name").Value, contact.RequiredText("phone"))),
            };
        });

    public static readonly BodyShape<OrderReport> Report = new(
        [
            new("status", MemberKind.Text,
                "accepted, picked_up, delivered, cancelled or failed.", "\"accepted\"", true),
            new("rider_id", MemberKind.Text,
                "Assigns or reassigns; without meaning for a status that ends the order.", SomeId,
                Nullable: true),
            new("total", MemberKind.Text,
                "What was paid; counts on delivered, without meaning before.", "\"499.00\"",
                Nullable: true),
        ],
        readOnly:
        [
            "order_id", "customer_id", "branch_id", "customer_snapshot", "phone_updated",
            "placed_at", "updated_at",
        ],
        members => new OrderReport(
            members.RequiredText("status"), members.Id("rider_id"), members.Text("total").Value));

    /// <summary>The contact version that a rider has seen.</summary>
    public static readonly BodyShape<int> Acknowledgement = new(
        [new("contact_version", MemberKind.Integer, "As it was read.", "1", Required: true)],
        readOnly: [],
        members =>
        {
            var version = members.Integer("contact_version").Value;
            if (version is not (>= 0 and <= int.MaxValue) && members.IsClean)
                members.Refuse("contact_version", $"Required: 0 to {int.MaxValue}.");
            return (int)(version is >= 0 and <= int.MaxValue ? version : 0);
        });
}
