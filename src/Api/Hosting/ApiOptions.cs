using System.ComponentModel.DataAnnotations;

namespace CustomerGrains.Api.Hosting;

/// <summary>Where the front end listens. Section <c>Api</c>.</summary>
internal sealed class ApiOptions
{
    /// <summary>Address of the public port; <c>0.0.0.0</c> where it is reached from outside. The
    /// operations port always stays on the loopback address.</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The public port.</summary>
    [Range(1, ushort.MaxValue)]
    public int Port { get; set; } = 8080;

    /// <summary>The operations port, for <c>/metrics</c> only.</summary>
    [Range(1, ushort.MaxValue)]
    public int OpsPort { get; set; } = 8081;

    /// <summary>Largest request body in bytes. 64 KiB: the longest valid request is below 8 KiB,
    /// so this refuses nothing useful and bounds what one request can make us hold.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int BodyBytesMax { get; set; } = 64 * 1024;

    /// <summary>Largest body of an import in bytes: 256 MiB, about a million customers. It is read
    /// in pieces, so that it does not have to fit in memory.</summary>
    [Range(1024, int.MaxValue)]
    public int ImportBytesMax { get; set; } = 256 * 1024 * 1024;

    /// <summary>Reads, and as many changes, that may be under way at once; more are told to try
    /// again. At 5,000 changes a second the last one is answered within 0.2 s.</summary>
    [Range(1, 1_000_000)]
    public int RequestsInFlightMax { get; set; } = 1024;

    /// <summary>How long <c>/health/ready</c> waits for a silo.</summary>
    public TimeSpan ReadyTimeout { get; set; } = TimeSpan.FromSeconds(2);
}
