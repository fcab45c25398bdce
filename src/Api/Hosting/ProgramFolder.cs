namespace CustomerGrains.Api.Hosting;

/// <summary>Settings lie beside the program and are read once, at the start.</summary>
/// <remarks>By default a host watches its working folder with everything below it for changed
/// settings. Where the data folder lies there, each write of PostgreSQL's log would wake it.
/// </remarks>
public static class ProgramFolder
{
    /// <param name="args">The command line's; they win over the settings here.</param>
    public static WebApplicationOptions Options(string[] args) => new()
    {
        Args = ["--hostBuilder:reloadConfigOnChange=false", .. args],
        ContentRootPath = AppContext.BaseDirectory,
    };
}
