using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Batching;
using CustomerGrains.Storage.Faults;
using CustomerGrains.Storage.Feed;
using CustomerGrains.Storage.Sealing;
using Npgsql;

namespace CustomerGrains.Storage.Customers;

/// <summary>Where customers are kept. One per process; disposing carries out what was accepted,
/// so it is disposed after the last grain has stopped.</summary>
public sealed class CustomerStore : IAsyncDisposable
{
    /// <summary>How long an idempotent request's first answer is kept, at least.</summary>
    public static readonly TimeSpan ReplyLifetime = TimeSpan.FromHours(24);

    /// <summary>How long a commit with a lost answer is looked for: a restart of PostgreSQL fits
    /// in, a caller's patience (10 s) is not used up.</summary>
    private static readonly TimeSpan ResolutionPatience = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan ResolutionPause = TimeSpan.FromMilliseconds(100);

    private static readonly string FindReply = SqlText.Load("Customers/find_reply");
    private static readonly string Keep = SqlText.Load("Customers/keep_unchanged");
    private static readonly string FindFormer = SqlText.Load("Customers/find_former_change");
    private static readonly string Resolve = SqlText.Load("Customers/resolve_commit");

    private readonly CustomerDatabase _database;
    private readonly KeyRing _keys;
    private readonly TimeProvider _time;
    private readonly Batcher<CommitRow> _commits;
    private readonly Batcher<CustomerLoader.Request> _loads;
    private readonly Batcher<VersionLook.Request> _looks;

    public CustomerStore(
        CustomerDatabase database,
        KeyRing keys,
        BatcherOptions options,
        FeedSignal feed,
        TimeProvider time)
    {
        _database = database;
        _keys = keys;
        _time = time;
        _commits = new(new CommitWriter(database, feed), options, time);
        _loads = new(
            new CustomerLoader(database, keys),
            new BatcherOptions { BatchSizeMax = 200, QueueCapacity = 16_384 },
            time);
        _looks = new(
            new VersionLook(database),
            new BatcherOptions { Workers = 1, BatchSizeMax = 200, QueueCapacity = 16_384 },
            time);
        CommitInstruments.ObserveQueue(() => _commits.QueueLength);
    }

    /// <summary>The customer who lives, or lives on in another; else null. Safe to repeat.
    /// </summary>
    /// <exception cref="QueueFullException">Too many loads wait.</exception>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<LoadedCustomer?> Load(Guid customerId)
    {
        var request = new CustomerLoader.Request(customerId);
        await _loads.Enqueue(request).ConfigureAwait(false);
        return await request.Done.Task.ConfigureAwait(false);
    }

    /// <summary>The version that a load would find now; 0 when it would find nobody.</summary>
    /// <exception cref="QueueFullException">Too many looks wait.</exception>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<long> FindVersion(Guid customerId)
    {
        var request = new VersionLook.Request(customerId);
        await _looks.Enqueue(request).ConfigureAwait(false);
        return await request.Done.Task.ConfigureAwait(false);
    }

    /// <summary>Stores one command's changes: state, journal row, stored reply, all or nothing.
    /// Durable when it answers <see cref="CommitResult.Committed"/>. At most one commit of a
    /// customer may be under way.</summary>
    /// <exception cref="QueueFullException">Nothing happened; try later.</exception>
    /// <exception cref="CommitUnknownException">It could not be established what happened.
    /// </exception>
    public async Task<CommitResult> Commit(CustomerCommit commit)
    {
        var started = _time.GetTimestamp();
        var row = new CommitRow(commit, _keys);
        await _commits.Enqueue(row).ConfigureAwait(false);
        try
        {
            return await row.Done.ConfigureAwait(false);
        }
        catch (CommitUnknownException e)
        {
            return await FindOut(row, e).ConfigureAwait(false);
        }
        finally
        {
            CommitInstruments.Wait.Record(_time.GetElapsedTime(started).TotalSeconds);
        }
    }

    /// <summary>The first answer under a request's scope, opened; null when there is none or it is
    /// older than <see cref="ReplyLifetime"/>.</summary>
    public async Task<StoredReply?> FindStoredReply(DataKey key, byte[] scope)
    {
        FaultPoints.Pass(FaultPoints.ReplayLook);
        await using var command = _database.General.CreateCommand(FindReply);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = key.CustomerId });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = scope });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset>
        {
            TypedValue = _time.GetUtcNow() - ReplyLifetime,
        });
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        if (!await reader.ReadAsync().ConfigureAwait(false)) return null;
        return new StoredReply(
            scope,
            reader.GetFieldValue<byte[]>(0),
            reader.GetInt16(1),
            reader.GetInt64(2),
            key.Open(SealedColumn.IdempotentReply, reader.GetFieldValue<byte[]>(3)));
    }

    /// <summary>What became of a contact change of this customer that is not pending.</summary>
    public async Task<FormerChange> FindFormerChange(Guid customerId, Guid changeId)
    {
        await using var command = _database.General.CreateCommand(FindFormer);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = changeId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = customerId });
        return await command.ExecuteScalarAsync().ConfigureAwait(false) switch
        {
            true => FormerChange.Used,
            false => FormerChange.Dropped,
            _ => FormerChange.Unknown,
        };
    }

    /// <summary>Keeps the answer of a keyed request that changed nothing. Durable on return; safe
    /// to repeat.</summary>
    /// <returns>False, and nothing is kept: the customer has another version than the answer.
    /// </returns>
    public async Task<bool> KeepReply(DataKey key, StoredReply reply, DateTimeOffset at)
    {
        await using var command = _database.General.CreateCommand(Keep);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = key.CustomerId });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = reply.Scope });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = reply.Fingerprint });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = reply.Code });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = reply.Version });
        command.Parameters.Add(new NpgsqlParameter<byte[]>
        {
            TypedValue = key.Seal(SealedColumn.IdempotentReply, reply.Body),
        });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = at });
        var isKept = (bool)(await command.ExecuteScalarAsync().ConfigureAwait(false))!;
        FaultPoints.Pass(FaultPoints.ReplyKept);
        return isKept;
    }

    public async ValueTask DisposeAsync()
    {
        await _commits.DisposeAsync().ConfigureAwait(false);
        await _loads.DisposeAsync().ConfigureAwait(false);
        await _looks.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The answer to a commit was lost. Looks whether the command took its place in the
    /// journal; if not and nobody else did, sends it again. A first attempt that is still running
    /// does no harm: the version fence lets only one of the two pass.</summary>
    private async Task<CommitResult> FindOut(CommitRow row, CommitUnknownException unknown)
    {
        var started = _time.GetTimestamp();
        while (_time.GetElapsedTime(started) < ResolutionPatience)
        {
            try
            {
                var (version, command) = await Look(row).ConfigureAwait(false);
                if (command == row.Commit.CommandId) return CommitResult.Committed;
                if (command is not null || version != row.Commit.Before.Version)
                    return CommitResult.Stale;
                row = row.Again(_keys);
                await _commits.Enqueue(row).ConfigureAwait(false);
                // Stale may mean that the first attempt passed after all: look once more.
                if (await row.Done.ConfigureAwait(false) is var result and not CommitResult.Stale)
                    return result;
            }
            catch (Exception e) when (e is CommitUnknownException or NpgsqlException or QueueFullException)
            {
                await Task.Delay(ResolutionPause, _time).ConfigureAwait(false);
            }
        }

        throw unknown;
    }

    private async Task<(long Version, Guid? Command)> Look(CommitRow row)
    {
        await using var command = _database.General.CreateCommand(Resolve);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = row.Id });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = row.Commit.After.Version });
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        await reader.ReadAsync().ConfigureAwait(false);
        return (
            reader.IsDBNull(0) ? 0 : reader.GetInt64(0),
            reader.IsDBNull(1) ? null : reader.GetGuid(1));
    }
}
