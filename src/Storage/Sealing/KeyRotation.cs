using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Faults;
using Npgsql;

namespace CustomerGrains.Storage.Sealing;

/// <summary>Takes a new master key into use and wraps every customer's data key with it, while the
/// service runs. Data keys stay what they are, so nothing else is sealed anew.</summary>
/// <remarks>Repeatable after a crash: another rotation, or <see cref="Finish"/>, wraps what was
/// left. The old master keys stay in the ring.</remarks>
public sealed class KeyRotation(string connectionString, KeyRing ring, TimeProvider time)
{
    private const int BatchSize = 1000;

    /// <summary>Silos look at the ring once a second before they wrap a new customer's key. After
    /// this quiet time without a key under an old master, none will come.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(3);

    private static readonly string ToWrap = SqlText.Load("Sealing/data_keys_to_wrap");
    private static readonly string Store = SqlText.Load("Sealing/wrap_data_keys");

    private int _wrapped;

    /// <summary>Data keys wrapped so far.</summary>
    public int Wrapped => Volatile.Read(ref _wrapped);

    /// <returns>The new master key's id.</returns>
    public async Task<int> Rotate(CancellationToken stop)
    {
        var id = ring.Rotate();
        await Finish(stop).ConfigureAwait(false);
        return id;
    }

    /// <summary>Wraps what older master keys still wrap.</summary>
    public async Task Finish(CancellationToken stop)
    {
        await using var database = new CustomerDatabase(connectionString);
        while (await WrapAll(database, stop).ConfigureAwait(false) > 0)
            await Task.Delay(Settled, time, stop).ConfigureAwait(false);
    }

    private async Task<int> WrapAll(CustomerDatabase database, CancellationToken stop)
    {
        var wrapped = 0;
        while (await WrapSome(database, stop).ConfigureAwait(false) is var some and > 0)
        {
            wrapped += some;
            Interlocked.Add(ref _wrapped, some);
        }

        return wrapped;
    }

    private async Task<int> WrapSome(CustomerDatabase database, CancellationToken stop)
    {
        var old = new List<(Guid Customer, WrappedKey Key)>(BatchSize);
        await using (var find = database.General.CreateCommand(ToWrap))
        {
            find.Parameters.Add(new NpgsqlParameter<int> { TypedValue = ring.CurrentMasterKey });
            find.Parameters.Add(new NpgsqlParameter<int> { TypedValue = BatchSize });
            await using var reader = await find.ExecuteReaderAsync(stop).ConfigureAwait(false);
            while (await reader.ReadAsync(stop).ConfigureAwait(false))
            {
                old.Add((
                    reader.GetGuid(0),
                    new WrappedKey(reader.GetInt32(1), reader.GetFieldValue<byte[]>(2))));
            }
        }

        if (old.Count == 0) return 0;
        var fresh = old.ConvertAll(o => ring.Wrap(ring.Unwrap(o.Customer, o.Key)));
        await using var store = database.General.CreateCommand(Store);
        store.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. old.Select(o => o.Customer)] });
        store.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. old.Select(o => o.Key.MasterKeyId)] });
        store.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. fresh.Select(f => f.MasterKeyId)] });
        store.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = [.. fresh.Select(f => f.Bytes)] });
        var stored = await store.ExecuteNonQueryAsync(stop).ConfigureAwait(false);
        FaultPoints.Pass(FaultPoints.KeysWrapped);
        return stored;
    }
}
