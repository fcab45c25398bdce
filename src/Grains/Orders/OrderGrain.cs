using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Grains.Orders;

[GrainType("order")]
internal sealed class OrderGrain(OrderDesk desk) : Grain, IOrderGrain
{
    private Guid? _customer;

    public async ValueTask<Guid?> GetCustomer()
    {
        if (_customer is not null) return _customer;
        return await FindCustomerAgain();
    }

    public async ValueTask<Guid?> FindCustomerAgain()
    {
        _customer = await desk.Ask(() => desk.Orders.FindOwner(this.GetPrimaryKey()));
        // Ids of nothing must not fill the memory.
        if (_customer is null) DeactivateOnIdle();
        return _customer;
    }
}
