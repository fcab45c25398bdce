namespace CustomerGrains.Grains.Customers;

/// <summary>What an operator decides about customers.</summary>
public sealed class CustomerOptions
{
    /// <summary>ISO 3166-1 alpha-2; for addresses that do not name a country.</summary>
    public string DefaultCountry { get; set; } = "IN";
}
