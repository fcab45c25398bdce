using System.Globalization;
using System.Text.Json.Nodes;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;

namespace CustomerGrains.Grains.Policies;

/// <summary>Document: <c>{"regular":{"orders":3,"spend":"0.00"},"vip":{…},"premium":{…}}</c>.
/// </summary>
public static class TierPolicy
{
    private static readonly string[] Tiers = ["regular", "vip", "premium"];

    public static TierRules Read(PolicyReader document, int version)
    {
        document.AllowOnly(Tiers);
        var rules = new TierRules(
            version, Threshold(document, "regular"), Threshold(document, "vip"),
            Threshold(document, "premium"));
        if (document.IsClean && !rules.Rises)
            document.Refuse("A higher tier must ask for no less than a lower one.");
        return rules;
    }

    public static JsonObject Write(TierRules rules) => new()
    {
        ["regular"] = Write(rules.Regular),
        ["vip"] = Write(rules.Vip),
        ["premium"] = Write(rules.Premium),
    };

    private static TierThreshold Threshold(PolicyReader document, string tier)
    {
        var threshold = document.Inside(tier);
        threshold.AllowOnly(["orders", "spend"]);
        // Nobody who never ordered has a tier above the first.
        return new TierThreshold(
            threshold.Whole("orders", 1, Limits.PolicyCountMax), threshold.Money("spend"));
    }

    private static JsonObject Write(TierThreshold threshold) => new()
    {
        ["orders"] = threshold.Orders,
        ["spend"] = threshold.Spend.ToString("0.00", CultureInfo.InvariantCulture),
    };
}
