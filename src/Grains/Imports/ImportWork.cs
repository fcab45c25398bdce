using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Customers;
using CustomerGrains.Storage;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Imports;
using CustomerGrains.Storage.Sealing;

namespace CustomerGrains.Grains.Imports;

/// <summary>Makes customers of lines, by the rules and the store of all customers. A line has the
/// same customer and the same command each time it is tried: what was done before a crash is
/// recognised, not done again.</summary>
/// <remarks>A customer who is not born yet has no activation to ask.</remarks>
internal sealed class ImportWork(
    CustomerStore store,
    ImportStore imports,
    ImportParser parser,
    KeyRing ring,
    KeyMaker keys,
    TimeProvider time)
{
    /// <summary>Commits under way at once: some full batches, and far from all places in the
    /// queue.</summary>
    private const int Concurrency = 128;

    /// <exception cref="CommitUnknownException">Whether a line was taken is not known; the chunk is
    /// to be done again.</exception>
    public async Task<(int Created, IReadOnlyCollection<ImportRefusal> Refusals)> Do(
        Guid import, ChunkToDo toDo)
    {
        var refusals = new ConcurrentBag<ImportRefusal>();
        var rows = toDo.Chunk.Lines.Select(line => (line.Line, Row: parser.Parse(line.Text)));
        // Of two lines that want the same the first gets it: the second waits.
        var claimed = new HashSet<string>(StringComparer.Ordinal);
        var apart = rows.ToLookup(row => row.Row.Claims.Count(claimed.Add) == row.Row.Claims.Length);
        await InParallel([.. apart[true]], Concurrency, Try);
        await InParallel([.. apart[false]], 1, Try);
        return (
            toDo.Chunk.Lines.Count() - refusals.Count, [.. refusals.OrderBy(r => r.Line)]);

        async Task Try((int Line, ImportRow Row) one)
        {
            if (await Do(import, one.Line, one.Row, toDo.RequestedBy) is { } refusal)
                refusals.Add(refusal);
        }
    }

    private static Task InParallel<T>(T[] items, int atOnce, Func<T, Task> work)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, Math.Min(atOnce, items.Length)).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var i && i < items.Length)
                await work(items[i]);
        }));
    }

    private async Task<ImportRefusal?> Do(Guid import, int line, ImportRow row, Guid admin)
    {
        if (row.Command is null) return new ImportRefusal(line, row.Code, row.Detail);

        var now = time.UtcNowInMilliseconds();
        var unborn = Customer.Unborn(CustomerOf(import, line, row.ExternalId));
        var command = CommandOf(import, line);
        var decision = unborn.Decide(row.Command(unborn.Id), now);
        if (decision.Refusal is not null)
            return new ImportRefusal(line, "invalid-member", ImportRow.Sentence(decision.Errors));

        var result = await store.Commit(new CustomerCommit
        {
            Before = unborn,
            After = unborn.After(decision.Events, now),
            Events = decision.Events,
            CommandId = command,
            ActorId = admin,
            // Without an administrator it was an operator at the machine.
            ActorRole = (byte)(admin == Guid.Empty ? CallerRole.System : CallerRole.Admin),
            At = now,
            Key = keys.For(unborn.Id),
        });
        return result switch
        {
            CommitResult.Committed => null,
            CommitResult.Stale when await imports.IsBirth(unborn.Id, command) => null,
            CommitResult.Stale => new(
                line, "already-imported", "A customer with this external_id was imported before."),
            CommitResult.ContactTaken => new(
                line, "contact-taken", "Another customer owns the phone or email."),
            CommitResult.ContactReserved => new(
                line, "contact-reserved", "The phone or email is kept for its last owner."),
            _ => throw new InvalidOperationException($"Unknown result {result}."),
        };
    }

    /// <summary>The same external id is the same customer, in whatever import. Keyed: ids tell
    /// nothing about the other system.</summary>
    private Guid CustomerOf(Guid import, int line, string? externalId) => Named(externalId is null
        ? SHA256.HashData(Place(import, line, "customer"u8))
        : ring.BlindIndex(IndexedField.ExternalId, externalId));

    private static Guid CommandOf(Guid import, int line) =>
        Named(SHA256.HashData(Place(import, line, "command"u8)));

    private static byte[] Place(Guid import, int line, ReadOnlySpan<byte> use)
    {
        var bytes = new byte[16 + sizeof(int) + use.Length];
        import.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), line);
        use.CopyTo(bytes.AsSpan(16 + sizeof(int)));
        return bytes;
    }

    /// <summary>A UUID of version 8: its meaning is ours.</summary>
    private static Guid Named(byte[] hash)
    {
        var bytes = hash.AsSpan(0, 16);
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x80);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
