using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Contacts;
using CustomerGrains.Grains.Customers;
using CustomerGrains.Storage.Customers;

namespace CustomerGrains.Grains.Orders;

/// <summary>What the order system says, as commands.</summary>
internal static partial class OrderParser
{
    private static readonly string MoneyRule = string.Create(
        CultureInfo.InvariantCulture,
        $"Must be a decimal string with two places, 0.00 to {Limits.OrderTotalMax:0.00}.");

    public static Parsed Place(OrderDraft draft, DateTimeOffset now)
    {
        var v = new Validation();
        var command = new CustomerCommand.PlaceOrder(draft.OrderId)
        {
            BranchId = draft.BranchId,
            AddressId = draft.AddressId,
            Categories = Categories(v, draft.Categories),
            Total = Money(v, draft.Total),
            PlacedAt = PastTime(v, draft.PlacedAt, now),
            Contact = draft.Contact is { } contact ? Contact(v, contact) : null,
        };
        return v.IsClean ? new(command) : new(null, v.Errors);
    }

    public static Parsed Report(Guid orderId, OrderReport report)
    {
        var v = new Validation();
        var status = StoredWords.ParseOrderStatus(report.Status);
        if (status is null or OrderStatus.Placed)
            v.Refuse("status", "Must be accepted, picked_up, delivered, cancelled or failed.");
        decimal? total = report.Total is { } text ? Money(v, text) : null;
        return v.IsClean
            ? new(new CustomerCommand.ProgressOrder(orderId, status!.Value)
            {
                RiderId = report.RiderId,
                Total = total,
            })
            : new(null, v.Errors);
    }

    /// <summary>What makes two placements the same, in one spelling.</summary>
    public static byte[] Content(CustomerCommand.PlaceOrder order) =>
        // No part holds a line feed: control characters are refused.
        Encoding.UTF8.GetBytes(string.Join('\n',
            order.BranchId.ToString("N"),
            order.AddressId?.ToString("N"),
            string.Join(',', order.Categories.Items),
            order.Total.ToString("0.00", CultureInfo.InvariantCulture),
            order.PlacedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            order.Contact?.Name,
            order.Contact?.Phone));

    private static CategoryNames Categories(Validation v, ImmutableArray<string> names)
    {
        if (names.Length > Limits.CategoriesPerOrderMax)
            v.Refuse("categories", $"Must have at most {Limits.CategoriesPerOrderMax} names.");
        if (!names.All(CategoryNames.IsName)) v.Refuse("categories", CategoryRule);
        return CategoryNames.From(names);
    }

    internal static readonly string CategoryRule =
        $"A category has 1 to {Limits.CategoryNameLengthMax} lower-case letters and digits, with"
        + " single spaces, - or _ between them.";

    private static decimal Money(Validation v, string text)
    {
        if (MoneyText().IsMatch(text)
            && decimal.Parse(text, CultureInfo.InvariantCulture) is var amount
            && amount <= Limits.OrderTotalMax)
            return amount;
        v.Refuse("total", MoneyRule);
        return 0;
    }

    private static DateTimeOffset PastTime(Validation v, string text, DateTimeOffset now)
    {
        if (TimeText.Parse(text) is not { } time)
        {
            v.Refuse("placed_at", TimeText.Rule);
            return default;
        }

        if (time > now + Limits.OrderClockSkewMax)
            v.Refuse("placed_at", "Must not lie in the future.");
        return time;
    }

    private static OrderContact Contact(Validation v, OrderContactDraft draft)
    {
        var name = TextRules.Line(v, "contact.name", draft.Name, Limits.NameLengthMax);
        var phone = draft.Phone.Length == 0 ? null : PhoneParser.Parse(draft.Phone);
        if (phone is null) v.Refuse("contact.phone", PhoneParser.Rule);
        return new OrderContact(name, phone ?? "");
    }

    [GeneratedRegex(@"^[0-9]{1,12}\.[0-9]{2}\z")]
    private static partial Regex MoneyText();
}
