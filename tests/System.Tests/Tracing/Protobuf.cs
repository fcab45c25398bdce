namespace CustomerGrains.System.Tests.Tracing;

/// <summary>Reads the wire format of protocol buffers, as much as there is of it here.</summary>
internal static class Protobuf
{
    /// <summary>The length-delimited fields of a message that have a number.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Fields(ReadOnlyMemory<byte> message, int number)
    {
        while (!message.IsEmpty)
        {
            var key = Varint(ref message);
            switch (key & 7)
            {
                case 0: Varint(ref message); break;
                case 1: message = message[sizeof(ulong)..]; break;
                case 2:
                    var length = (int)Varint(ref message);
                    if ((int)(key >> 3) == number) yield return message[..length];
                    message = message[length..];
                    break;
                case 5: message = message[sizeof(uint)..]; break;
                default: throw new InvalidDataException($"Wire type {key & 7}.");
            }
        }
    }

    private static ulong Varint(ref ReadOnlyMemory<byte> message)
    {
        var (value, shift) = (0UL, 0);
        while (true)
        {
            var next = message.Span[0];
            message = message[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
            shift += 7;
        }
    }
}
