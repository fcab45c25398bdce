namespace CustomerGrains.System.Tests;

/// <summary>A small file system in memory that a test can fill.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Step = 1024 * 1024;

    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    private string Filler => global::System.IO.Path.Combine(Path, "filler");

    /// <summary>Null when this process may not mount anything.</summary>
    public static SmallDisk? TryMount(int megabytes)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return null;
        var path = Directory.CreateTempSubdirectory("cg-disk-").FullName;
        if (OsProgram.Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=755", "tmpfs", path) == 0)
            return new SmallDisk(path);
        Directory.Delete(path);
        return null;
    }

    /// <summary>To the last byte.</summary>
    public void Fill()
    {
        for (var step = Step; step > 0; step /= 16)
        {
            try
            {
                using var file = new FileStream(Filler, FileMode.Append);
                var bytes = new byte[step];
                while (true)
                {
                    file.Write(bytes);
                    file.Flush();
                }
            }
            catch (IOException)
            {
                // Smaller steps.
            }
        }
    }

    public void Free() => File.Delete(Filler);

    public void Dispose()
    {
        OsProgram.Run("umount", "--lazy", Path);
        Directory.Delete(Path);
    }
}
