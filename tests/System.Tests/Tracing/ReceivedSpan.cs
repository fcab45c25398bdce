using System.Text;

namespace CustomerGrains.System.Tests.Tracing;

/// <summary>A span as it came by OTLP.</summary>
/// <remarks>Fields of opentelemetry/proto/trace/v1/trace.proto.</remarks>
internal sealed record ReceivedSpan(
    string TraceId, string SpanId, string ParentId, string Name, IReadOnlyList<string> Tags)
{
    /// <param name="request">An <c>ExportTraceServiceRequest</c>.</param>
    public static IEnumerable<ReceivedSpan> ReadAll(ReadOnlyMemory<byte> request) =>
        from resource in Protobuf.Fields(request, number: 1)
        from scope in Protobuf.Fields(resource, number: 2)
        from span in Protobuf.Fields(scope, number: 2)
        select Read(span);

    private static ReceivedSpan Read(ReadOnlyMemory<byte> span) => new(
        Hex(span, 1), Hex(span, 2), Hex(span, 4),
        Encoding.UTF8.GetString(Protobuf.Fields(span, 5).Single().Span),
        [.. Protobuf.Fields(span, 9).Select(tag =>
            Encoding.UTF8.GetString(Protobuf.Fields(tag, 1).Single().Span))]);

    private static string Hex(ReadOnlyMemory<byte> span, int number) =>
        Protobuf.Fields(span, number).Select(f => Convert.ToHexStringLower(f.Span))
            .SingleOrDefault("");
}
