using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Policies;
using CustomerGrains.Storage.Access;
using CustomerGrains.Storage.Batching;
using CustomerGrains.Storage.Orders;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerGrains.Grains.Orders;

/// <summary>What a customer's grain needs for orders and riders beside its own store.</summary>
internal sealed partial class OrderDesk(
    OrderStore orders, RuleBook rules, AccessLog accesses, ILogger<OrderDesk> log)
{
    public OrderStore Orders => orders;

    public RuleBook Rules => rules;

    public AccessLog Accesses => accesses;

    /// <summary>A question that changes nothing in the customer: when it fails, what the
    /// activation holds is as good as before.</summary>
    /// <exception cref="TryAgainException">There was no answer.</exception>
    public async Task<T> Ask<T>(Func<Task<T>> question)
    {
        try
        {
            return await question();
        }
        catch (QueueFullException)
        {
            throw new TryAgainException("The service is overloaded.");
        }
        catch (NpgsqlException e)
        {
            // Logged here, with the cause; the caller's process need not know the cause's type.
            DatabaseSilent(e);
            throw new TryAgainException("The database did not answer.");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database did not answer.")]
    private partial void DatabaseSilent(Exception cause);
}
