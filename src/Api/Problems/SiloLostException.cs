namespace CustomerGrains.Api.Problems;

/// <summary>A silo went while the call was under way; it may or may not have taken effect.</summary>
public sealed class SiloLostException() : Exception("A silo went while the call was under way.");
