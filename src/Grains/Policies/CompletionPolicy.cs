using System.Text.Json.Nodes;
using CustomerGrains.Domain.Customers;

namespace CustomerGrains.Grains.Policies;

/// <summary>Document: <c>{"phone":20,"name":15,…}</c>, weights of members of the profile.
/// </summary>
public static class CompletionPolicy
{
    public static CompletionRules Read(PolicyReader document, int version)
    {
        document.AllowOnly(CompletionRules.Members);
        var weights = document.Members.ToDictionary(
            member => member.Name,
            member => document.Whole(member.Name, 0, CompletionRules.Whole));
        if (document.IsClean && weights.Values.Sum() != CompletionRules.Whole)
            document.Refuse($"The weights must add up to {CompletionRules.Whole}.");
        return new CompletionRules(version, weights);
    }

    /// <summary>Heaviest first.</summary>
    public static JsonObject Write(CompletionRules rules) => new(rules.Weights.Select(
        w => KeyValuePair.Create(w.Member, (JsonNode?)JsonValue.Create(w.Weight))));
}
