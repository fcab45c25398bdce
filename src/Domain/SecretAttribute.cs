namespace CustomerGrains.Domain;

/// <summary>The member is a hash of a secret: it belongs to the state, and is stored with it, but
/// never written to the journal, which outlives every secret.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class SecretAttribute : Attribute;
