namespace CustomerGrains.Domain;

/// <summary>The member holds personal data: it is stored sealed under the customer's data key and
/// never logged.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class PersonalAttribute : Attribute;
