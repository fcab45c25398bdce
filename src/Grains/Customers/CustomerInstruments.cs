using System.Diagnostics.Metrics;

namespace CustomerGrains.Grains.Customers;

/// <summary>What the engineer on call wants to see of customers' activations.</summary>
internal static class CustomerInstruments
{
    private static readonly Meter Meter = new("CustomerGrains.Customers");

    public static readonly Counter<long> Outdated = Meter.CreateCounter<long>(
        "customer_activations_outdated", "{activation}",
        "Dropped because another activation had written.");
}
