using System.Collections.Concurrent;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Endpoints;

/// <summary>The grain of the customer whose order it is, so that a rider's poll is one call of a
/// grain instead of two and makes no reference.</summary>
/// <remarks>Two generations bound the size without bookkeeping per look-up: when the young one is
/// full it becomes the old one, and what is still in use moves over. Only what was found is kept:
/// an id that is unknown now may be placed later.</remarks>
internal sealed class OrderOwners(IGrainFactory grains, CustomerReferences customers)
{
    /// <summary>Orders in one generation: a busy day's active ones, some 30 MB.</summary>
    private const int OrdersPerGenerationMax = 100_000;

    private readonly Lock turning = new();
    private volatile Generation young = new();
    private volatile Generation old = new();

    /// <returns>Null when there is no such order.</returns>
    public ValueTask<ICustomerGrain?> Find(Guid orderId)
    {
        if (young.TryGetValue(orderId, out var customer)) return new(customer);
        if (!old.TryGetValue(orderId, out customer)) return Ask(orderId);
        Add(orderId, customer);
        return new(customer);
    }

    /// <summary>Asks again when the customer who was known does not have the order: a merge that
    /// brought it was undone.</summary>
    /// <param name="ask">Answers OrderUnknown when the customer does not have it.</param>
    /// <returns>OrderUnknown when there is no such order.</returns>
    public async Task<Reply> Ask(Guid orderId, Func<ICustomerGrain, Task<Reply>> ask)
    {
        if (await Find(orderId) is not { } customer) return Reply.Refused(ReplyCode.OrderUnknown);
        var reply = await ask(customer);
        return reply.Code == ReplyCode.OrderUnknown && await FindOther(orderId, customer) is { } owner
            ? await ask(owner)
            : reply;
    }

    /// <summary>For those to whom the customer who was known showed no such order.</summary>
    /// <returns>Null when it is nobody else's.</returns>
    public async Task<ICustomerGrain?> FindOther(Guid orderId, ICustomerGrain known)
    {
        if (await grains.GetGrain<IOrderGrain>(orderId).FindCustomerAgain() is not { } id)
            return null;
        var owner = customers.Get(id);
        if (owner.Equals(known)) return null;
        young.TryRemove(orderId, out _);
        old.TryRemove(orderId, out _);
        Add(orderId, owner);
        return owner;
    }

    public void Add(Guid orderId, ICustomerGrain customer)
    {
        var generation = young;
        if (!generation.TryAdd(orderId, customer)) return;
        if (Interlocked.Increment(ref generation.Added) <= OrdersPerGenerationMax) return;
        lock (turning)
        {
            if (young != generation) return;
            old = generation;
            young = new Generation();
        }
    }

    private async ValueTask<ICustomerGrain?> Ask(Guid orderId)
    {
        if (await grains.GetGrain<IOrderGrain>(orderId).GetCustomer() is not { } id) return null;
        var customer = customers.Get(id);
        Add(orderId, customer);
        return customer;
    }

    private sealed class Generation : ConcurrentDictionary<Guid, ICustomerGrain>
    {
        /// <summary>Counted by hand: <c>Count</c> of a concurrent dictionary takes all its
        /// locks.</summary>
        public int Added;
    }
}
