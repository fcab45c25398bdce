using System.Text;

namespace CustomerGrains.Bench.Driver.Load;

/// <summary>What came back.</summary>
/// <param name="Status">0 when nothing did: refused, reset or timed out.</param>
/// <param name="Body">Valid until the connection's next request.</param>
internal readonly record struct Answer(int Status, ReadOnlyMemory<byte> Body)
{
    private static ReadOnlySpan<byte> EndOfHead => "\r\n\r\n"u8;

    private static ReadOnlySpan<byte> LengthHeader => "\r\nContent-Length: "u8;

    private static ReadOnlySpan<byte> LastChunk => "\r\n0\r\n\r\n"u8;

    public bool IsGood => Status is >= 200 and < 300;

    /// <summary>The text of a member, wherever it first stands in the body.</summary>
    public string? Text(string member)
    {
        var body = Encoding.UTF8.GetString(Body.Span);
        var mark = $"\"{member}\":\"";
        var start = body.IndexOf(mark, StringComparison.Ordinal);
        if (start < 0) return null;
        start += mark.Length;
        return body[start..body.IndexOf('"', start)];
    }

    /// <summary>The number of a member; 0 without it.</summary>
    public long Number(ReadOnlySpan<byte> mark)
    {
        var span = Body.Span;
        var at = span.IndexOf(mark);
        if (at < 0) return 0;
        long value = 0;
        for (at += mark.Length; at < span.Length && span[at] is >= 48 and <= 57; at++)
            value = value * 10 + span[at] - 48;
        return value;
    }

    /// <returns>False when there is more to come.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> received, out Answer answer)
    {
        answer = default;
        var span = received.Span;
        var head = span.IndexOf(EndOfHead);
        if (head < 0) return false;
        var status = (span[9] - '0') * 100 + (span[10] - '0') * 10 + span[11] - '0';
        var start = head + EndOfHead.Length;
        var length = span[..head].IndexOf(LengthHeader);
        if (length >= 0)
        {
            var size = 0;
            for (var at = length + LengthHeader.Length; span[at] is >= 48 and <= 57; at++)
                size = size * 10 + span[at] - 48;
            if (span.Length < start + size) return false;
            answer = new(status, received.Slice(start, size));
            return true;
        }

        var isEmpty = status is 204 or 304;
        if (!isEmpty && !span[head..].EndsWith(LastChunk)) return false;
        answer = new(status, received[start..]);
        return true;
    }
}
