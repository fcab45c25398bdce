using System.Collections.Immutable;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Journal;
using CustomerGrains.Storage.Sealing;
using Npgsql;

namespace CustomerGrains.Storage.Audit;

/// <summary>Reads what happened to one customer, from the journal.</summary>
public sealed class HistoryStore(CustomerDatabase database, KeyRing keys)
{
    /// <summary>Empty when there never was such a customer; gone ones are found. The first is the
    /// customer, or the survivor in whom it lives on; the others live on in the first.</summary>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<ImmutableArray<KnownCustomer>> Find(Guid customerId)
    {
        await using var command = database.General.Command("Audit/find_customer", customerId);
        await using var reader = await command.ExecuteReaderAsync();
        var known = ImmutableArray.CreateBuilder<KnownCustomer>();
        while (await reader.ReadAsync())
        {
            var id = reader.GetGuid(0);
            known.Add(new KnownCustomer(id, reader.IsDBNull(1)
                ? null
                : keys.Unwrap(
                    id, new WrappedKey(reader.GetInt32(1), reader.GetFieldValue<byte[]>(2)))));
        }

        return known.DrainToImmutable();
    }

    /// <summary>Newest first. With a kind, rows that have an event of it.</summary>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<ImmutableArray<HistoryRow>> Read(
        KnownCustomer customer, HistoryFilter filter, int limit)
    {
        // The way the journal writes it; whoever reads looks at the events themselves again.
        var text = filter.Kind is { } kind ? $"\"kind\":\"{kind}\"" : null;
        await using var command = database.General.Command("Audit/read_history",
            customer.Id, filter.UpTo, filter.From, filter.Before, text, limit);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = ImmutableArray.CreateBuilder<HistoryRow>();
        while (await reader.ReadAsync())
        {
            rows.Add(new HistoryRow(
                reader.GetInt64(0),
                reader.GetFieldValue<DateTimeOffset>(1),
                reader.GetGuid(2),
                (byte)reader.GetInt16(3),
                ReadEvents(customer.Key, reader.GetString(4), reader.BytesOrNull(5)),
                reader.GetBoolean(6)));
        }

        return rows.DrainToImmutable();
    }

    /// <summary>As much of a row as can be read: without the personal members when their seal does
    /// not open, nothing when the rest is no journal content either. Which row was touched is for
    /// the seals to say; who asks for the history is shown the others.</summary>
    /// <returns>Default when nothing can be read.</returns>
    private static ImmutableArray<CustomerEvent> ReadEvents(
        DataKey? key, string clear, byte[]? secret)
    {
        var personal = secret is null ? null : key?.TryOpen(SealedColumn.JournalPersonal, secret);
        if (personal is not null && JournalCodec.TryRead(clear, personal) is { } whole) return whole;
        return JournalCodec.TryRead(clear, personal: null) ?? default;
    }
}

/// <param name="Key">Null when it is destroyed: what was personal can no longer be read.</param>
public sealed record KnownCustomer(Guid Id, DataKey? Key);

/// <param name="Kind">One of <see cref="JournalKinds"/>; null: any.</param>
/// <param name="From">UTC, included; null: from the beginning.</param>
/// <param name="Before">UTC, not included; null: to the end.</param>
/// <param name="UpTo">Sequence, included; null: the newest.</param>
public sealed record HistoryFilter(
    string? Kind, DateTimeOffset? From, DateTimeOffset? Before, long? UpTo);

/// <summary>One committed command.</summary>
/// <param name="Events">Default when the row is damaged.</param>
public sealed record HistoryRow(
    long Sequence,
    DateTimeOffset At,
    Guid ActorId,
    byte ActorRole,
    ImmutableArray<CustomerEvent> Events,
    bool IsSealed);
