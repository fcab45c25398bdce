using System.ComponentModel.DataAnnotations;

namespace CustomerGrains.Api.Hosting;

/// <summary>Where traces go. Section <c>Telemetry</c>; without an endpoint there are none.
/// </summary>
public sealed class TracingOptions
{
    internal const string Section = "Telemetry";

    /// <summary>Takes OTLP over HTTP, as in <c>http://127.0.0.1:4318/v1/traces</c>.</summary>
    public Uri? OtlpEndpoint { get; set; }

    /// <summary>The part of requests that is recorded, chosen by trace id.</summary>
    [Range(0.0, 1.0)]
    public double SampleRatio { get; set; } = 0.01;

    /// <summary>Records whatever its caller records, beside that. Off where anybody can call: they
    /// would have every request recorded.</summary>
    public bool TrustsCallers { get; set; }
}
