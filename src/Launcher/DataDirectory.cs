using CustomerGrains.Storage.Sealing;

namespace CustomerGrains.Launcher;

/// <summary>The folder that holds everything one local service keeps, and its places.</summary>
public sealed class DataDirectory
{
    // The server's account has to pass through to its own folder, others need to see nothing.
    private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The mode of a folder that only its owner may enter.</summary>
    internal const UnixFileMode Private =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the folder if need be; a folder that is there keeps its mode.</summary>
    public DataDirectory(string path)
    {
        Directory.CreateDirectory(Path.GetFullPath(path), Passable);
        Root = WithoutLinks(Path.GetFullPath(path));
        Directory.CreateDirectory(Keys, Private);
        Directory.CreateDirectory(Logs, Passable);
    }

    /// <summary>The folder itself, whichever links led to it: one lock, one server.</summary>
    public string Root { get; }

    /// <summary>Passwords, key ring, token keys; readable by nobody else.</summary>
    public string Keys => Path.Combine(Root, "keys");

    /// <summary>The same, of a folder in which a service has run: a command of the operator would
    /// else make keys there that no service ever reads.</summary>
    /// <exception cref="LauncherException">None has.</exception>
    public string ServiceKeys => KeyRing.IsIn(Keys)
        ? Keys
        : throw new LauncherException(
            $"There are no keys in {Keys} yet: run the service once.");

    public string Logs => Path.Combine(Root, "logs");

    /// <summary>The database cluster; belongs to the account that the server runs as.</summary>
    public string Postgres => Path.Combine(Root, "postgres");

    /// <summary>Process numbers and ports of the run that is on, for tools and tests.</summary>
    public string RunFile => Path.Combine(Root, "run.json");

    /// <summary>
    /// Claims the folder for this process until the result is disposed of or the process ends,
    /// however it ends.
    /// </summary>
    /// <exception cref="LauncherException">Another process has it.</exception>
    public IDisposable Lock()
    {
        try
        {
            return new FileStream(Path.Combine(Root, "lock"), FileMode.OpenOrCreate,
                FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new LauncherException(
                $"Another launcher works on {Root}. Stop it first, or choose another --data.");
        }
    }

    private static string WithoutLinks(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent) return path;

        var here = Path.Combine(WithoutLinks(parent), Path.GetFileName(path));
        return Directory.ResolveLinkTarget(here, returnFinalTarget: true) is { } target
            ? WithoutLinks(target.FullName)
            : here;
    }
}
