using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerGrains.Domain;

namespace CustomerGrains.Grains.Policies;

/// <summary>A policy by its name.</summary>
/// <param name="Normal">A document in its usual form: what is stored, shown and compared.</param>
public sealed record PolicyKind(string Name, Func<PolicyReader, JsonObject> Normal)
{
    public static readonly PolicyKind CategoryAges =
        new("category-ages", document => AgePolicy.Write(AgePolicy.Read(document)));

    public static readonly PolicyKind Tiers =
        new("tiers", document => TierPolicy.Write(TierPolicy.Read(document, 0)));

    public static readonly PolicyKind Completion =
        new("completion", document => CompletionPolicy.Write(CompletionPolicy.Read(document, 0)));

    public static readonly PolicyKind Risk =
        new("risk", document => RiskPolicy.Write(RiskPolicy.Read(document, 0)));

    public static readonly PolicyKind[] All = [CategoryAges, Tiers, Completion, Risk];

    public static PolicyKind? Find(string name) =>
        Array.Find(All, kind => kind.Name == name);

    /// <summary>The document in its usual form; without meaning when the validation is not clean.
    /// </summary>
    public JsonObject Normalise(string document, Validation validation)
    {
        using var json = JsonDocument.Parse(document);
        return Normal(new PolicyReader(json.RootElement, validation));
    }
}
