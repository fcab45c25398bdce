using System.Collections.Immutable;
using System.Globalization;
using CustomerGrains.Domain;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Contacts;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Search;

namespace CustomerGrains.Grains.Search;

/// <summary>A query as a filter, or what is wrong with it.</summary>
internal static class SearchParser
{
    private const NumberStyles Amount = NumberStyles.AllowDecimalPoint;

    public static (SearchFilter Filter, ImmutableArray<MemberError> Errors) Parse(
        CustomerQuery query)
    {
        var v = new Validation();
        var filter = new SearchFilter
        {
            Phone = Contact(v, "phone", query.Phone, PhoneParser.Parse, PhoneParser.Rule),
            Email = Contact(v, "email", query.Email, EmailParser.Parse, EmailParser.Rule),
            Name = TextRules.Line(v, "name", query.Name, Limits.NameLengthMax),
            Tier = Word(v, "tier", query.Tier, StoredWords.ParseCustomerTier,
                "Must be new, regular, vip or premium."),
            Segment = TextRules.Line(v, "segment", query.Segment, Limits.SegmentLengthMax),
            Status = Word(v, "status", query.Status, StoredWords.ParseAccountStatus,
                "Must be active, blocked, suspended or temporary."),
            MinSpend = Spend(v, "min_spend", query.MinSpend),
            MaxSpend = Spend(v, "max_spend", query.MaxSpend),
        };
        if (filter.MinSpend > filter.MaxSpend)
            v.Refuse("max_spend", "Must not be below min_spend.");
        return (filter, [.. v.Errors.Select(e => new MemberError(e.Member, e.Message))]);
    }

    private static string? Contact(
        Validation v, string member, string? typed, Func<string, string?> parse, string rule)
    {
        if (typed is null) return null;
        // In an address a plus that is not escaped reads as a blank; no contact has one there.
        var contact = typed.Length == 0 ? null : parse(Unescaped(member, typed));
        if (contact is null) v.Refuse(member, rule);
        return contact;
    }

    private static string Unescaped(string member, string typed) => member == "phone"
        ? typed[0] == ' ' ? string.Concat("+", typed.AsSpan(1)) : typed
        : typed.Replace(' ', '+');

    private static T? Word<T>(
        Validation v, string member, string? typed, Func<string?, T?> parse, string rule)
        where T : struct
    {
        if (typed is null) return null;
        var word = parse(typed);
        if (word is null) v.Refuse(member, rule);
        return word;
    }

    private static decimal? Spend(Validation v, string member, string? typed)
    {
        if (typed is null) return null;
        if (decimal.TryParse(typed, Amount, CultureInfo.InvariantCulture, out var amount)
            && amount <= Limits.TotalSpendMax
            && decimal.Round(amount, 2) == amount)
            return amount;
        v.Refuse(member, "Must be an amount such as 499.00.");
        return null;
    }
}
