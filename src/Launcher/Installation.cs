namespace CustomerGrains.Launcher;

/// <summary>Where the built programs lie beside each other.</summary>
public static class Installation
{
    // artifacts/bin/PROGRAM/CONFIGURATION/: this program's folder, three below "artifacts".
    private static readonly DirectoryInfo Here =
        new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    /// <summary>The folder <c>data</c> in the repository.</summary>
    public static string DefaultData =>
        Path.GetFullPath(Path.Combine(Here.FullName, "..", "..", "..", "..", "data"));

    /// <summary>The assembly of one of the programs, built in the same configuration.</summary>
    /// <param name="program">Project name: <c>Silo</c>, <c>Api</c>, <c>Launcher</c>.</param>
    public static string Program(string program) =>
        Path.GetFullPath(Path.Combine(
            Here.FullName, "..", "..", program, Here.Name, $"CustomerGrains.{program}.dll"));

    /// <summary>The runtime that runs this process, for running others the same way.</summary>
    public static string Runtime =>
        Environment.ProcessPath is { } path
        && Path.GetFileName(path).Equals("dotnet", StringComparison.Ordinal)
            ? path
            : "dotnet";
}
