using System.Buffers;
using System.IO.Pipelines;

namespace CustomerGrains.Api.Requests;

/// <summary>The bytes of a request body, in a pooled buffer.</summary>
internal sealed class RequestBody : IDisposable
{
    public static readonly RequestBody Empty = new([], 0);

    private readonly byte[] buffer;
    private readonly int length;

    private RequestBody(byte[] buffer, int length)
    {
        this.buffer = buffer;
        this.length = length;
    }

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <summary>Reads to the end.</summary>
    /// <exception cref="BadHttpRequestException">413: longer than the listener allows.</exception>
    public static async ValueTask<RequestBody> Read(HttpContext http)
    {
        var reader = http.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(http.RequestAborted);
            if (result.IsCompleted) return Take(reader, result.Buffer);
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    public void Dispose()
    {
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
    }

    private static RequestBody Take(PipeReader reader, ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsEmpty) return Empty;
        var length = (int)bytes.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        bytes.CopyTo(buffer);
        reader.AdvanceTo(bytes.End);
        return new RequestBody(buffer, length);
    }
}
