using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CustomerGrains.Storage;

/// <summary>Writes JSON with one writer and one buffer per thread.</summary>
/// <remarks>What is written goes to clients as application/json or under a seal, never into a
/// page: letters need no escapes.</remarks>
public static class JsonBuffer
{
    /// <summary>Fits all but the longest address lists; a buffer that had to grow beyond is not
    /// kept.</summary>
    private const int KeptBytesMax = 64 * 1024;

    private const int FirstBytes = 4 * 1024;

    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _bytes;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>What <paramref name="write"/> writes, UTF-8. It must not await.</summary>
    public static byte[] Write<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var bytes = _bytes ?? new ArrayBufferWriter<byte>(FirstBytes);
        var writer = _writer ?? new Utf8JsonWriter(bytes, Options);
        // Given back at the end only: write may call this again, or throw.
        (_bytes, _writer) = (null, null);
        write(writer, value);
        writer.Flush();
        var written = bytes.WrittenSpan.ToArray();
        if (bytes.Capacity > KeptBytesMax) return written;
        bytes.ResetWrittenCount();
        writer.Reset();
        (_bytes, _writer) = (bytes, writer);
        return written;
    }
}
