namespace CustomerGrains.Storage.Keys;

/// <summary>Small secret files, readable by their owner only (mode 0600).</summary>
public static class KeyFile
{
    /// <summary>Reads a file, or makes it where it is missing. Of several processes that make it at
    /// the same time one wins, and all read what the winner wrote, whole.</summary>
    public static byte[] ReadOrCreate(string path, Func<byte[]> create)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            Publish(path, create());
        }

        return File.ReadAllBytes(path);
    }

    private static void Publish(string path, byte[] content)
    {
        var temporary = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}";
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary); // somebody else was first
        }
    }
}
