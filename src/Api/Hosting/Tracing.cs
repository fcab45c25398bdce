using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CustomerGrains.Api.Hosting;

/// <summary>Traces, for the front end and for silos.</summary>
public static class Tracing
{
    private const string ServiceName = "customer-grains";

    /// <summary>Nothing listens to any span unless an endpoint is configured.</summary>
    public static void AddTracing(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<TracingOptions>()
            .BindConfiguration(TracingOptions.Section)
            .ValidateDataAnnotations()
            .Validate(
                o => o.OtlpEndpoint is null or { IsAbsoluteUri: true },
                "Telemetry:OtlpEndpoint is no absolute address.")
            .ValidateOnStart();
        var options = builder.Configuration.GetSection(TracingOptions.Section)
            .Get<TracingOptions>() ?? new();
        if (options.OtlpEndpoint is not { } endpoint) return;

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(ServiceName))
            .WithTracing(tracing => tracing
                .AddSource("CustomerGrains.*")
                .SetSampler(SamplerOf(options))
                .AddOtlpExporter(otlp =>
                    (otlp.Endpoint, otlp.Protocol) = (endpoint, OtlpExportProtocol.HttpProtobuf)));
    }

    private static ParentBasedSampler SamplerOf(TracingOptions options)
    {
        var ratio = new TraceIdRatioBasedSampler(options.SampleRatio);
        return options.TrustsCallers
            ? new ParentBasedSampler(ratio)
            : new ParentBasedSampler(
                ratio, remoteParentSampled: ratio, remoteParentNotSampled: ratio);
    }
}
