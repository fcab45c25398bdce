using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Customers;

namespace CustomerGrains.Grains.Customers;

/// <summary>The body of a stored reply that is a refusal: what the first answer said beside its
/// code, so that it can be said again byte for byte.</summary>
/// <remarks>Stored format: add members, never rename.</remarks>
internal sealed record KeptRefusal(
    [property: JsonPropertyName("attempts_left")] int? AttemptsLeft,
    [property: JsonPropertyName("trace_id")] string? TraceId)
{
    public static bool IsRefusal(ReplyCode code) =>
        code is not (ReplyCode.Ok or ReplyCode.Created);

    public static byte[] Write(Reply reply, string? traceId) =>
        JsonSerializer.SerializeToUtf8Bytes(new KeptRefusal(reply.AttemptsLeft, traceId));

    public static Reply Read(StoredReply stored)
    {
        var kept = JsonSerializer.Deserialize<KeptRefusal>(stored.Body)!;
        return new Reply
        {
            Code = (ReplyCode)stored.Code,
            AttemptsLeft = kept.AttemptsLeft,
            TraceId = kept.TraceId,
            Replayed = true,
        };
    }
}
