using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Access;
using CustomerGrains.Storage.Batching;
using CustomerGrains.Storage.Orders;
using Npgsql;

namespace CustomerGrains.Grains.Orders;

/// <summary>What a customer's grain needs for orders and riders beside its own store.</summary>
internal sealed class OrderDesk(OrderStore orders, AgePolicy ages, AccessLog accesses)
{
    public OrderStore Orders => orders;

    public AgePolicy Ages => ages;

    public AccessLog Accesses => accesses;

    /// <summary>A question that changes nothing in the customer: when it fails, what the
    /// activation holds is as good as before.</summary>
    public static async Task<T> Ask<T>(Func<Task<T>> question)
    {
        try
        {
            return await question();
        }
        catch (Exception e) when (e is NpgsqlException or QueueFullException)
        {
            throw new TryAgainException("The database did not answer.");
        }
    }
}
