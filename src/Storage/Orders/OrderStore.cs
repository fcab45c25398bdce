using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Sealing;
using Npgsql;

namespace CustomerGrains.Storage.Orders;

/// <summary>Looks orders up by their id, ended ones too. They are written with their customer:
/// see <see cref="CustomerStore.Commit"/>.</summary>
public sealed class OrderStore(CustomerDatabase database, KeyRing keys)
{
    private static readonly string FindOne = SqlText.Load("Orders/find_order");
    private static readonly string FindOwnerOf = SqlText.Load("Orders/find_owner");

    /// <summary>The order of an id, opened with the key of the customer who asks; null when there
    /// is none.</summary>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<FoundOrder?> Find(DataKey key, Guid orderId)
    {
        await using var command = database.General.CreateCommand(FindOne);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = orderId });
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        if (!await reader.ReadAsync().ConfigureAwait(false)) return null;
        var owner = OrderColumns.OwnerOf(reader);
        if (owner != key.CustomerId) return new FoundOrder(owner, null, key);
        // An order that came with a merge stays under the key of whoever placed it.
        var placer = OrderColumns.PlacerOf(reader, keys) ?? key;
        return new FoundOrder(owner, OrderColumns.Read(reader, placer), placer);
    }

    /// <summary>An ended order of a customer whose data key is destroyed: all but what was
    /// personal. Null when there is none, or when it is somebody else's.</summary>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<ActiveOrder?> FindAnonymous(Guid customerId, Guid orderId)
    {
        await using var command = database.General.CreateCommand(FindOne);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = orderId });
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        if (!await reader.ReadAsync().ConfigureAwait(false)) return null;
        var order = OrderColumns.Read(reader, key: null);
        return OrderColumns.OwnerOf(reader) == customerId && order.EndedAt is not null
            ? order
            : null;
    }

    /// <summary>Whose order it is; null when there is none.</summary>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<Guid?> FindOwner(Guid orderId)
    {
        await using var command = database.General.CreateCommand(FindOwnerOf);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = orderId });
        return (Guid?)await command.ExecuteScalarAsync().ConfigureAwait(false);
    }
}

/// <param name="Order">Null when it is another customer's: its key is not at hand.</param>
/// <param name="Key">Under which the order is sealed; without meaning when it is another
/// customer's.</param>
public sealed record FoundOrder(Guid CustomerId, ActiveOrder? Order, DataKey Key);
