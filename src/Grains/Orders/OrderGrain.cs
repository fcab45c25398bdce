using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Orders;
using Npgsql;

namespace CustomerGrains.Grains.Orders;

[GrainType("order")]
internal sealed class OrderGrain(OrderStore orders) : Grain, IOrderGrain
{
    private Guid? _customer;

    public async ValueTask<Guid?> GetCustomer()
    {
        if (_customer is not null) return _customer;
        try
        {
            _customer = await orders.FindOwner(this.GetPrimaryKey());
        }
        catch (NpgsqlException)
        {
            throw new TryAgainException("The database did not answer.");
        }

        // Ids of nothing must not fill the memory.
        if (_customer is null) DeactivateOnIdle();
        return _customer;
    }
}
