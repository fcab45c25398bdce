using System.Text.Json.Nodes;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;

namespace CustomerGrains.Grains.Policies;

/// <summary>Document: <c>{"otp-failures":{"points":4,"free":5,"max":30},…}</c>; a sign that is
/// left out does not count.</summary>
public static class RiskPolicy
{
    private static readonly RiskSign[] Signs = Enum.GetValues<RiskSign>();

    public static RiskRules Read(PolicyReader document, int version)
    {
        document.AllowOnly(Signs.Select(StoredWords.Name));
        return new RiskRules(version, Signs
            .Where(sign => document.Has(sign.Name()))
            .ToDictionary(sign => sign, sign => Weight(document.Inside(sign.Name()))));
    }

    public static JsonObject Write(RiskRules rules) => new(Signs
        .Where(sign => rules[sign] != default)
        .Select(sign => KeyValuePair.Create(sign.Name(), (JsonNode?)Write(rules[sign]))));

    private static RiskWeight Weight(PolicyReader weight)
    {
        weight.AllowOnly(["points", "free", "max"]);
        return new RiskWeight(
            weight.Whole("points", 0, RiskRules.ScoreMax),
            weight.Whole("free", 0, Limits.PolicyCountMax),
            weight.Whole("max", 0, RiskRules.ScoreMax));
    }

    private static JsonObject Write(RiskWeight weight) => new()
    {
        ["points"] = weight.Points,
        ["free"] = weight.Free,
        ["max"] = weight.Max,
    };
}
