using CustomerGrains.Storage.Privacy;

namespace CustomerGrains.Grains.Customers;

/// <summary>What a customer's grain needs for exports.</summary>
internal sealed class ExportDesk(ExportStore store, ExportSignal signal)
{
    public ExportStore Store => store;

    /// <summary>An export was asked for.</summary>
    public void Wake() => signal.Wake();
}
