using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerGrains.Tests.Support;

namespace CustomerGrains.Tests.Load.Histories;

/// <summary>Writes down what clients do: each line is in the file before the request leaves, or
/// before anybody acts on its answer.</summary>
internal sealed class HistoryWriter : IDisposable
{
    private readonly Lock _writing = new();
    private StreamWriter _file;

    private readonly string _path;

    private HistoryWriter(string folder, string name)
    {
        (Folder, _path) = (folder, Path.Combine(folder, name));
        _file = Append(_path);
    }

    /// <summary>Where the files of one history are.</summary>
    public string Folder { get; }

    /// <summary>Beside the service's data.</summary>
    public static HistoryWriter Of(RunningService service) => In(service.Data);

    public static HistoryWriter In(string folder) => new(folder, "history.jsonl");

    /// <summary>What a load process writes down.</summary>
    public static HistoryWriter In(string folder, int generation) => new(
        folder, string.Create(CultureInfo.InvariantCulture, $"history-{generation}.jsonl"));

    /// <summary>Called before the request is sent.</summary>
    /// <param name="scope">See <see cref="ScopeOf"/>; null without a key.</param>
    public Attempt Begin(
        string op, int attempt, string client, Guid customer, OpKind kind,
        string? scope = null, string? subject = null)
    {
        Write(new(new Invoke(op, attempt, client, customer, kind, Now, scope, subject)));
        return new Attempt(this, op, attempt);
    }

    /// <summary>The world goes back to a moment: what was asked for later was never asked for, and
    /// what was answered later was not answered. Called when nobody writes.</summary>
    /// <param name="before">The moment came after it.</param>
    /// <param name="after">And before it.</param>
    public void GoBack(long before, long after)
    {
        lock (_writing)
        {
            _file.Dispose();
            File.WriteAllLines(_path, File.ReadAllLines(_path).Where(line =>
                HistoryLine.Parse(line) is var l
                && (l.Invoke?.At ?? 0) <= after && (l.Complete?.At ?? 0) <= before));
            _file = Append(_path);
        }
    }

    public void Strike(string what) => Write(new(Fault: new Fault(what, Now)));

    /// <summary>As the service stores the scope of an idempotency key, hexadecimal.</summary>
    /// <param name="customer">Where the path does not name whom an answer is kept with.</param>
    public static string ScopeOf(Guid caller, string path, string key, Guid? customer = null)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (byte[][])
        [
            caller.ToByteArray(), Encoding.UTF8.GetBytes(path), Encoding.ASCII.GetBytes(key),
            .. customer is { } id ? [id.ToByteArray()] : (byte[][])[],
        ])
        {
            var length = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(length, part.Length);
            hash.AppendData(length);
            hash.AppendData(part);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>What stands in a history for an answer's body.</summary>
    public static string HashOf(string answer) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(answer)));

    public void Dispose() => _file.Dispose();

    private static StreamWriter Append(string path) =>
        new(path, append: true) { AutoFlush = true };

    internal static long Now => TimeProvider.System.GetTimestamp();

    internal void Write(HistoryLine line)
    {
        lock (_writing) _file.WriteLine(line);
    }
}

/// <summary>A request on its way.</summary>
internal sealed class Attempt(HistoryWriter history, string op, int number)
{
    /// <param name="body">Null where it may differ.</param>
    public void Answered(int status, long? version = null, string? body = null, bool? flag = null)
    {
        var outcome = status switch
        {
            < 300 => Outcome.Ok,
            < 500 => Outcome.Fail,
            _ => Outcome.Info,
        };
        var answer = body is null ? null : HistoryWriter.HashOf(body);
        history.Write(new(Complete: new Complete(
            op, number, outcome, status, HistoryWriter.Now, version, answer, flag)));
    }

    /// <summary>Nobody answered.</summary>
    public void Lost() => history.Write(new(Complete: new Complete(
        op, number, Outcome.Info, 0, HistoryWriter.Now)));
}
