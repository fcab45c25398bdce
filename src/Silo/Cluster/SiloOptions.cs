using System.ComponentModel.DataAnnotations;

namespace CustomerGrains.Silo.Cluster;

/// <summary>Where this silo listens, always on 127.0.0.1. Section <c>Silo</c>.</summary>
public sealed class SiloOptions
{
    public const string Section = "Silo";

    /// <summary>Name in the membership table and the dashboard.</summary>
    [Required, StringLength(100)]
    public string Name { get; set; } = "silo";

    /// <summary>For other silos.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 11111;

    /// <summary>Where it listens for other silos, if they come through something in between that
    /// has <see cref="Port"/>; null: there.</summary>
    [Range(1, 65535)]
    public int? ListenPort { get; set; }

    /// <summary>For front ends.</summary>
    [Range(1, 65535)]
    public int GatewayPort { get; set; } = 30000;

    /// <summary>Health, metrics and dashboard over HTTP.</summary>
    [Range(1, 65535)]
    public int OpsPort { get; set; } = 8081;

    /// <summary>Answers customers itself, on the address and port of section <c>Api</c>, whose
    /// <c>OpsPort</c> then must be the same as here.</summary>
    public bool ServesHttp { get; set; }
}
