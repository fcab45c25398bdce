namespace CustomerGrains.Storage.Privacy;

/// <summary>An export was asked for.</summary>
public sealed class ExportSignal : WorkSignal;
