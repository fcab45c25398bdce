namespace CustomerGrains.Launcher;

/// <summary>
/// The operator has to do something; the message says what. Shown without a stack trace.
/// </summary>
public sealed class LauncherException(string message) : Exception(message);
