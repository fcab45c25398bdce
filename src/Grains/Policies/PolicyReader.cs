using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerGrains.Domain;

namespace CustomerGrains.Grains.Policies;

/// <summary>Takes a policy's document apart and notes what is wrong with it. What it answers for a
/// member that was refused is of no use.</summary>
public sealed partial class PolicyReader(
    JsonElement document, Validation validation, string path = "document")
{
    private static readonly string MoneyRule = string.Create(
        CultureInfo.InvariantCulture,
        $"must be a decimal string with two places, 0.00 to {Limits.TotalSpendMax:0.00}.");

    private readonly bool _isObject = document.ValueKind == JsonValueKind.Object;

    public bool IsClean => validation.IsClean;

    public IEnumerable<JsonProperty> Members => _isObject ? document.EnumerateObject() : [];

    public void Refuse(string rule) => validation.Refuse("document", rule);

    public bool Has(string name) => _isObject && document.TryGetProperty(name, out _);

    public void AllowOnly(IEnumerable<string> names)
    {
        if (!_isObject) Refuse($"{path} must be an object.");
        if (Members.Any(member => !names.Contains(member.Name)))
            Refuse($"{path} may have: {string.Join(", ", names)}.");
    }

    public PolicyReader Inside(string name) => new(
        _isObject && document.TryGetProperty(name, out var value) ? value : default,
        validation,
        $"{path}.{name}");

    public int Whole(string name, int min, int max)
    {
        if (_isObject
            && document.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var number)
            && number >= min && number <= max)
            return number;
        Refuse($"{path}: every value of this kind must be a whole number, {min} to {max}.");
        return min;
    }

    public decimal Money(string name)
    {
        if (_isObject
            && document.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String
            && MoneyText().Match(value.GetRawText()) is { Success: true } match
            && decimal.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
                is var amount
            && amount <= Limits.TotalSpendMax)
            return amount;
        Refuse($"{path}.{name} {MoneyRule}");
        return 0;
    }

    /// <summary>With its quotes; an escaped digit is none.</summary>
    [GeneratedRegex("""^"([0-9]{1,12}\.[0-9]{2})"\z""")]
    private static partial Regex MoneyText();
}
