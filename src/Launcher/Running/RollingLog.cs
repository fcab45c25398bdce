using System.Text;

namespace CustomerGrains.Launcher.Running;

/// <summary>A log file of bounded size; the one before it is kept as <c>NAME.1</c>.</summary>
public sealed class RollingLog(string path, long sizeMax) : IDisposable
{
    /// <summary>Bytes. Days of a quiet service, and little enough to open in an editor.</summary>
    public const long DefaultSizeMax = 10 * 1024 * 1024;

    private readonly Lock _lock = new();
    private StreamWriter? _writer = Open(path);

    public string FilePath => path;

    /// <summary>Writes through, so that a crash of anything loses no line.</summary>
    public void WriteLine(string line)
    {
        lock (_lock)
        {
            if (_writer is { } full && full.BaseStream.Position + line.Length > sizeMax) Roll(full);
            _writer ??= Open(path); // also where the last roll failed half-way
            _writer.WriteLine(line);
        }
    }

    /// <summary>Copies lines until the other side closes.</summary>
    public async Task CopyFrom(StreamReader source)
    {
        while (await source.ReadLineAsync() is { } line)
            TryWriteLine(line);
    }

    public void Dispose() => _writer?.Dispose();

    private void TryWriteLine(string line)
    {
        try
        {
            WriteLine(line);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk is full, or the file cannot be moved. The line is lost, but the process
            // must not block on its output.
        }
    }

    private void Roll(StreamWriter full)
    {
        _writer = null;
        full.Dispose();
        File.Move(path, path + ".1", overwrite: true);
    }

    private static StreamWriter Open(string path) =>
        new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite),
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
}
