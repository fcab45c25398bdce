using System.Text.Json.Nodes;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Grains.Orders;

namespace CustomerGrains.Grains.Policies;

/// <summary>Document: <c>{"alcohol":18,…}</c>, full years by category.</summary>
public static class AgePolicy
{
    public static CategoryAges Read(PolicyReader document)
    {
        var ages = CategoryAges.Unrestricted.MinimumAges.ToBuilder();
        foreach (var member in document.Members)
        {
            if (!CategoryNames.IsName(member.Name)) document.Refuse(OrderParser.CategoryRule);
            ages[member.Name] = document.Whole(member.Name, 0, Limits.MinimumAgeMax);
        }

        if (ages.Count > Limits.RestrictedCategoriesMax)
            document.Refuse($"At most {Limits.RestrictedCategoriesMax} categories.");
        return new CategoryAges(ages.ToImmutable());
    }

    public static JsonObject Write(CategoryAges ages) => new(ages.MinimumAges.Select(
        age => KeyValuePair.Create(age.Key, (JsonNode?)JsonValue.Create(age.Value))));
}
