namespace CustomerGrains.Storage.Faults;

/// <summary>A test wants it to fail here. Stands for any failure that may pass.</summary>
public sealed class FaultException(string point) : Exception($"The fault point {point} is on.");
