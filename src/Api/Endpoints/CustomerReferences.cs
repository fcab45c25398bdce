using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Endpoints;

/// <summary>References to customers' grains.</summary>
/// <remarks><c>GetGrain&lt;T&gt;</c> reads the interface's attributes by reflection at every call,
/// which was a twentieth of the cost of a read; here the two type ids are kept.</remarks>
internal sealed class CustomerReferences(IGrainFactory grains)
{
    private volatile Ids? ids;

    public ICustomerGrain Get(Guid customerId)
    {
        var known = ids ??= Find();
        var id = GrainId.Create(known.Grain, GrainIdKeyExtensions.CreateGuidKey(customerId));
        return (ICustomerGrain)grains.GetGrain(id, known.Interface);
    }

    private Ids Find()
    {
        var any = (GrainReference)grains.GetGrain<ICustomerGrain>(Guid.Empty);
        return new Ids(any.GrainId.Type, any.InterfaceType);
    }

    private sealed record Ids(GrainType Grain, GrainInterfaceType Interface);
}
