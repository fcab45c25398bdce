using CustomerGrains.Storage.Batching;
using CustomerGrains.Storage.Faults;
using CustomerGrains.Storage.Feed;
using Npgsql;

namespace CustomerGrains.Storage.Customers;

/// <summary>Writes batches of commits, each as one transaction.</summary>
/// <remarks>
/// What the database says decides, commit by commit: an ord that comes back is durable; one that
/// is missing was stale or wanted a taken contact; a data error rolls all back and the batch is
/// split until the one that causes it stands alone; a deadlock or serialization failure is sent
/// again; anything else is unknown and said so. See docs/adr/0002.
/// </remarks>
internal sealed class CommitWriter(CustomerDatabase database, FeedSignal feed)
    : IBatchWork<CommitRow>
{
    /// <summary>Deadlocks in a row after which a batch is given up as unknown. One is rare: rows
    /// are locked in the order of ids.</summary>
    private const int DeadlockRetriesMax = 5;

    private static readonly string ContactOwner = SqlText.Load("Customers/contact_owner");

    public int SizeOf(CommitRow item) => item.Size;

    public async Task Execute(List<CommitRow> batch)
    {
        CommitInstruments.BatchSize.Record(batch.Count);
        batch.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        // A customer has one commit in flight; should two meet (two activations for a moment),
        // the later waits for the next transaction, or the fence would not see it.
        var (first, doubled) = Apart(batch);
        await Write(first).ConfigureAwait(false);
        if (doubled.Count > 0) await Write(doubled).ConfigureAwait(false);
    }

    private static (List<CommitRow> First, List<CommitRow> Doubled) Apart(List<CommitRow> sorted)
    {
        var doubled = new List<CommitRow>();
        for (var i = sorted.Count - 1; i > 0; i--)
        {
            if (sorted[i].Id != sorted[i - 1].Id) continue;
            doubled.Add(sorted[i]);
            sorted.RemoveAt(i);
        }

        doubled.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        return (sorted, doubled);
    }

    private async Task Write(List<CommitRow> rows)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await Settle(rows, await Send(rows).ConfigureAwait(false)).ConfigureAwait(false);
                feed.Committed();
                return;
            }
            catch (PostgresException e) when (IsDataError(e) && rows.Count > 1)
            {
                CommitInstruments.Splits.Add(1);
                var half = rows.Count / 2;
                await Write(rows[..half]).ConfigureAwait(false);
                await Write(rows[half..]).ConfigureAwait(false);
                return;
            }
            catch (PostgresException e) when (IsDataError(e))
            {
                Refuse(rows[0], e);
                return;
            }
            catch (PostgresException e) when (IsRolledBack(e) && attempt < DeadlockRetriesMax)
            {
                CommitInstruments.Deadlocks.Add(1);
            }
            catch (Exception e)
            {
                // The one place where any exception is caught: every waiting caller must hear.
                CommitInstruments.Unknown.Add(rows.Count);
                foreach (var row in rows)
                    row.Fail(new CommitUnknownException("The answer to a commit was lost.", e));
                return;
            }
        }
    }

    private async Task<bool[]> Send(List<CommitRow> rows)
    {
        FaultPoints.Pass(FaultPoints.CommitBegin);
        var applied = new bool[rows.Count];
        await using var connection =
            await database.Writers.OpenConnectionAsync().ConfigureAwait(false);
        await using var statements = CommitStatements.Of(connection, rows);
        await using var reader = await statements.ExecuteReaderAsync().ConfigureAwait(false);
        do
        {
            while (await reader.ReadAsync().ConfigureAwait(false))
                applied[reader.GetInt32(0)] = true;
        }
        while (await reader.NextResultAsync().ConfigureAwait(false));
        FaultPoints.Pass(FaultPoints.CommitEnd);
        return applied;
    }

    private async Task Settle(List<CommitRow> rows, bool[] applied)
    {
        for (var i = 0; i < rows.Count; i++)
            if (applied[i]) rows[i].Complete(CommitResult.Committed);

        for (var i = 0; i < rows.Count; i++)
        {
            if (applied[i]) continue;
            CommitInstruments.Conflicts.Add(1);
            rows[i].Complete(await IsContactTaken(rows[i]).ConfigureAwait(false)
                ? CommitResult.ContactTaken
                : CommitResult.Stale);
        }
    }

    private async Task<bool> IsContactTaken(CommitRow row)
    {
        if (row.PhoneIndex is null && row.EmailIndex is null) return false;
        await using var command = database.General.CreateCommand(ContactOwner);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = row.Id });
        command.Parameters.Add(new NpgsqlParameter<byte[]?> { TypedValue = row.PhoneIndex });
        command.Parameters.Add(new NpgsqlParameter<byte[]?> { TypedValue = row.EmailIndex });
        return (bool)(await command.ExecuteScalarAsync().ConfigureAwait(false))!;
    }

    private static void Refuse(CommitRow row, PostgresException e)
    {
        switch (e.ConstraintName)
        {
            case "users_phone_owner" or "users_email_owner":
                CommitInstruments.Conflicts.Add(1);
                row.Complete(CommitResult.ContactTaken);
                break;
            case "orders_pkey":
                CommitInstruments.Conflicts.Add(1);
                row.Complete(CommitResult.OrderTaken);
                break;
            case "customer_merges_in_step":
                CommitInstruments.Conflicts.Add(1);
                row.Complete(CommitResult.MergeOutOfStep);
                break;
            case "contact_reservations_owner":
                CommitInstruments.Conflicts.Add(1);
                row.Complete(CommitResult.ContactReserved);
                break;
            case "users_pkey" or "customer_event_pkey" or "idempotent_replies_pkey":
                CommitInstruments.Conflicts.Add(1);
                row.Complete(CommitResult.Stale);
                break;
            default:
                // A defect: the domain let through what the schema forbids. The message names
                // the constraint, never the value.
                row.Fail(new InvalidOperationException(
                    $"A commit broke the schema's rule {e.ConstraintName ?? e.SqlState}."));
                break;
        }
    }

    /// <summary>Classes 22 (data) and 23 (integrity): the transaction is rolled back.</summary>
    private static bool IsDataError(PostgresException e) =>
        e.SqlState.StartsWith("22", StringComparison.Ordinal)
        || e.SqlState.StartsWith("23", StringComparison.Ordinal);

    private static bool IsRolledBack(PostgresException e) =>
        e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;
}
