using System.Text.Json;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Launcher;
using CustomerGrains.Storage.Batching;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Feed;
using CustomerGrains.Storage.Journal;
using CustomerGrains.Storage.Schema;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Load.Histories;
using CustomerGrains.Tests.Support;
using Npgsql;

namespace CustomerGrains.System.Tests.Histories;

/// <summary>Reads what the checker compares a history with, once all has come to rest.</summary>
internal sealed class FinalStateReader(RunningService service, NpgsqlDataSource database)
{
    private static readonly TimeSpan Overdue = TimeSpan.FromSeconds(30);

    /// <param name="customers">Those whose state is compared with the journal.</param>
    /// <param name="orders">Those whose snapshot is looked at.</param>
    public async Task<FinalState> Read(
        IReadOnlyCollection<Guid> customers, IReadOnlyCollection<string> orders) => new()
    {
        Events = await Events(),
        Customers = await Customers(customers),
        Seals = await Rows(
            "SELECT partition, number, last_xid::text, last_id, row_count, gap_count FROM audit_seals",
            r => new SealRow(
                r.GetInt16(0), r.GetInt64(1), Number(r.GetString(2)), r.GetInt64(3), r.GetInt32(4),
                r.GetInt32(5))),
        ChainsHold = (await JournalFollower.Verify(service)).GetProperty("first_broken").ValueKind
            == JsonValueKind.Null,
        Counters = (await Rows(
            "SELECT kind, sum(events)::bigint FROM service_counters GROUP BY kind",
            r => (Kind: r.GetString(0), Events: r.GetInt64(1))))
            .ToDictionary(c => c.Kind, c => c.Events),
        Accesses = await Rows(
            "SELECT accessed_by_user_id, customer_user_id, purpose FROM customer_data_access_logs",
            r => new AccessRow(r.GetGuid(0).ToString(), r.GetGuid(1), r.GetString(2))),
        Challenges = await Rows(
            "SELECT id, attempts, consumed_at IS NOT NULL FROM otps",
            r => new ChallengeRow(r.GetGuid(0).ToString(), r.GetInt32(1), r.GetBoolean(2))),
        Snapshots = await Snapshots(orders),
        OverdueMessages = (await Rows(
            $"SELECT count(*)::int FROM courier_messages WHERE state = 'waiting' "
            + $"AND next_attempt_at < now() - interval '{Overdue.TotalSeconds} s'",
            r => r.GetInt32(0)))[0],
    };

    private Task<List<EventRow>> Events() => Rows(
        "SELECT e.partition, e.xid::text, e.id, e.customer_id, e.sequence, encode(r.scope, 'hex'), "
        + "e.events, d.id IS NULL FROM customer_event e "
        // Not the answers that there was nothing to do, which came later at the same version.
        + "LEFT JOIN idempotent_replies r "
        + "ON r.customer_id = e.customer_id AND r.version = e.sequence "
        + "AND r.xmin::text::bigint = e.xid::text::bigint & x'ffffffff'::bigint "
        + "LEFT JOIN stream_dead_letters d ON d.xid = e.xid AND d.row_id = e.id "
        + "AND d.replayed_at IS NULL",
        r => new EventRow(
            r.GetInt16(0), Number(r.GetString(1)), r.GetInt64(2), r.GetGuid(3), r.GetInt64(4),
            r.IsDBNull(5) ? null : r.GetString(5), KindsOf(r.GetString(6)), r.GetBoolean(7)));

    /// <summary>They are sealed: what the service opens.</summary>
    private async Task<Dictionary<string, string>> Snapshots(IReadOnlyCollection<string> orders)
    {
        using var system = await Caller.Of(service.BaseAddress, "uts", Guid.NewGuid());
        var snapshots = new Dictionary<string, string>();
        foreach (var order in orders)
        {
            var seen = (await system.Ask("GET", $"/api/orders/{order}")).GetRawText();
            snapshots[order] = HistoryWriter.HashOf(Recording.SnapshotOf(seen));
        }

        return snapshots;
    }

    private async Task<List<CustomerRow>> Customers(IReadOnlyCollection<Guid> ids)
    {
        var service_ = await JournalFollower.ConnectionString(
            service, DatabaseBootstrap.ServiceRole);
        await using var customers = new CustomerDatabase(service_);
        var keys = KeyRing.Open(new DataDirectory(service.Data).Keys, TimeProvider.System);
        await using var store = new CustomerStore(
            customers, keys, new BatcherOptions(), new FeedSignal(), TimeProvider.System);
        var contacts = (await Rows(
            "SELECT id, encode(phone_index, 'hex'), encode(email_index, 'hex') FROM users "
            + "WHERE deleted_at IS NULL",
            r => (Id: r.GetGuid(0), Of: Texts(r, 1, 2)))).ToDictionary(c => c.Id, c => c.Of);
        var defaults = (await Rows(
            "SELECT user_id, count(*)::int FROM addresses WHERE is_default AND deleted_at IS NULL "
            + "GROUP BY user_id",
            r => (Id: r.GetGuid(0), Count: r.GetInt32(1)))).ToDictionary(d => d.Id, d => d.Count);
        var rows = new List<CustomerRow>();
        foreach (var id in ids)
        {
            var loaded = await store.Load(id)
                ?? throw new InvalidOperationException($"The customer {id} is not there.");
            var state = Portrait.Of(loaded.Customer);
            rows.Add(new CustomerRow(
                id, loaded.Customer.Version, state, await Fold(loaded) ?? state,
                contacts[id], defaults.GetValueOrDefault(id)));
        }

        return rows;
    }

    /// <returns>Null when a test made a row that nobody can read.</returns>
    private async Task<string?> Fold(LoadedCustomer loaded)
    {
        var customer = Customer.Unborn(loaded.Customer.Id);
        var rows = await Rows(
            "SELECT at, events, personal FROM customer_event "
            + $"WHERE customer_id = '{customer.Id}' ORDER BY sequence",
            r => (
                At: r.GetFieldValue<DateTimeOffset>(0),
                Clear: r.GetString(1),
                Personal: r.IsDBNull(2) ? null : r.GetFieldValue<byte[]>(2)));
        foreach (var (at, clear, personal) in rows)
        {
            var opened = personal is null
                ? null
                : loaded.Key.Open(SealedColumn.JournalPersonal, personal);
            if (JournalCodec.TryRead(clear, opened) is not { } events) return null;
            customer = customer.After(events, at);
        }

        return Portrait.Of(customer);
    }

    private async Task<List<T>> Rows<T>(string statement, Func<NpgsqlDataReader, T> read)
    {
        await using var command = database.CreateCommand(statement);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync()) rows.Add(read(reader));
        return rows;
    }

    private static List<string> Texts(NpgsqlDataReader reader, params int[] columns) =>
        [.. columns.Where(c => !reader.IsDBNull(c)).Select(reader.GetString)];

    private static ulong Number(string text) =>
        ulong.Parse(text, global::System.Globalization.CultureInfo.InvariantCulture);

    private static List<string> KindsOf(string events)
    {
        using var document = JsonDocument.Parse(events);
        return
        [
            .. document.RootElement.EnumerateArray().Select(e => e.GetProperty("kind").ToString()),
        ];
    }
}
