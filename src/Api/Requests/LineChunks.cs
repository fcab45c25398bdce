using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Requests;

/// <summary>Cuts a body of lines into chunks while it arrives: as much as one chunk is in memory,
/// however long the body.</summary>
internal sealed class LineChunks(PipeReader body) : IDisposable
{
    private const int LinesMax = 500;

    /// <summary>Of one chunk, about; below what the database takes.</summary>
    private const int BytesMax = 256 * 1024;

    /// <summary>Of one line; a longer one is refused by itself.</summary>
    private const int LineBytesMax = 64 * 1024;

    // See ImportLines. Without UTF-8 it is no JSON either.
    private const char TooLong = '\0';
    private const string NotUtf8 = "?";

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly StringBuilder _text = new();
    private int _chunk;
    private int _firstLine = 1;
    private int _lines;
    private bool _skips;
    private bool _isOver;

    /// <summary>SHA-256 of the whole body; after the last chunk.</summary>
    public byte[] Hash() => _hash.GetHashAndReset();

    /// <summary>Null after the last chunk.</summary>
    /// <exception cref="BadHttpRequestException">413: longer than this operation allows.</exception>
    public async Task<ImportLines?> Next(CancellationToken cancellation)
    {
        while (!_isOver)
        {
            var read = await body.ReadAsync(cancellation);
            var rest = read.Buffer;
            while (!IsFull && rest.PositionOf((byte)'\n') is { } end)
            {
                Take(rest.Slice(0, end), isWhole: true);
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            if (!IsFull && rest.Length > LineBytesMax)
            {
                Take(rest, isWhole: false);
                rest = rest.Slice(rest.End);
            }

            _isOver = read.IsCompleted && rest.PositionOf((byte)'\n') is null && !IsFull;
            if (_isOver && (!rest.IsEmpty || _skips))
            {
                Take(rest, isWhole: true);
                rest = rest.Slice(rest.End);
            }

            Count(read.Buffer.Slice(0, rest.Start));
            body.AdvanceTo(rest.Start, IsFull ? rest.Start : rest.End);
            if (IsFull) return Flush();
        }

        return _lines > 0 ? Flush() : null;
    }

    public void Dispose() => _hash.Dispose();

    private bool IsFull => _lines >= LinesMax || _text.Length >= BytesMax;

    private void Count(ReadOnlySequence<byte> bytes)
    {
        foreach (var part in bytes) _hash.AppendData(part.Span);
    }

    private void Take(ReadOnlySequence<byte> line, bool isWhole)
    {
        var isTooLong = _skips || !isWhole || line.Length > LineBytesMax;
        _skips = !isWhole;
        if (!isWhole) return;
        if (_lines > 0) _text.Append('\n');
        _lines++;
        if (isTooLong)
        {
            _text.Append(TooLong);
            return;
        }

        var bytes = line.ToArray();
        _text.Append(Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes).TrimEnd('\r') : NotUtf8);
    }

    private ImportLines Flush()
    {
        var lines = new ImportLines(_chunk, _firstLine, _text.ToString());
        _chunk++;
        _firstLine += _lines;
        _lines = 0;
        _text.Clear();
        return lines;
    }
}
