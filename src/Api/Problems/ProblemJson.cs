using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CustomerGrains.Api.Problems;

internal static class ProblemJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        // Bodies are never embedded in HTML; the relaxed encoder keeps texts readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static ReadOnlyMemory<byte> Write(Problem problem, string traceId)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        json.WriteString("type"u8, problem.Kind.Type);
        json.WriteString("title"u8, problem.Kind.Title);
        json.WriteNumber("status"u8, problem.Kind.Status);
        json.WriteString("code"u8, problem.Kind.Code);
        json.WriteString("detail"u8, problem.Kind.Detail);
        json.WriteString("trace_id"u8, traceId);
        if (problem.AttemptsLeft is { } left) json.WriteNumber("attempts_left"u8, left);
        if (problem.IsOfBar) json.WriteString("public_reason"u8, problem.PublicReason);
        if (problem.ActiveOrders.Length > 0) WriteOrders(json, problem);
        if (problem.Blockers.Length > 0) WriteBlockers(json, problem);
        if (problem.Errors.Length > 0) WriteErrors(json, problem);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteOrders(Utf8JsonWriter json, Problem problem)
    {
        json.WriteStartArray("active_orders"u8);
        foreach (var order in problem.ActiveOrders) json.WriteStringValue(order);
        json.WriteEndArray();
    }

    private static void WriteBlockers(Utf8JsonWriter json, Problem problem)
    {
        json.WriteStartArray("blockers"u8);
        foreach (var blocker in problem.Blockers)
        {
            json.WriteStartObject();
            json.WriteString("code"u8, blocker.Code);
            if (blocker.CustomerId is { } customer) json.WriteString("customer_id"u8, customer);
            else json.WriteNull("customer_id"u8);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteErrors(Utf8JsonWriter json, Problem problem)
    {
        json.WriteStartObject("errors"u8);
        foreach (var member in problem.Errors.GroupBy(error => error.Member))
        {
            json.WriteStartArray(member.Key);
            foreach (var error in member) json.WriteStringValue(error.Message);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
