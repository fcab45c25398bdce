using CustomerGrains.Storage;
using CustomerGrains.Storage.Sealing;

namespace CustomerGrains.Grains.Customers;

/// <summary>Makes the data key of a customer that is about to be born.</summary>
internal sealed class KeyMaker(IRandom random)
{
    public DataKey For(Guid customerId) => DataKey.Create(customerId, random);
}
