namespace CustomerGrains.Storage.Courier;

/// <summary>A message was committed.</summary>
public sealed class CourierSignal : WorkSignal;
