using System.ComponentModel.DataAnnotations;

namespace CustomerGrains.Silo.Cluster;

/// <summary>Which cluster this silo joins. Section <c>Orleans</c>.</summary>
public sealed class ClusterIdentity
{
    public const string Section = "Orleans";

    /// <summary>Silos and front ends with the same id find each other.</summary>
    [Required, StringLength(100)]
    public string ClusterId { get; set; } = "customer-grains";

    /// <summary>Part of the key of every stored grain state and reminder: never change it for a
    /// database that holds data.</summary>
    [Required, StringLength(100)]
    public string ServiceId { get; set; } = "customer-grains";
}
