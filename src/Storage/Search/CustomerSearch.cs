using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Sealing;
using Npgsql;
using NpgsqlTypes;

namespace CustomerGrains.Storage.Search;

/// <summary>Finds living customers for administrators. Each search walks one index from the place
/// where the page before ended and leaves out who does not match the other filters.</summary>
public sealed class CustomerSearch(CustomerDatabase database, KeyRing keys)
{
    /// <summary>Customers that are looked at for one page: some 40 ms at worst. Whoever combines a
    /// common value with a rare one turns pages.</summary>
    public const int ExaminedMax = 2_000;

    private static readonly Guid NewestId = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    /// <summary>In which order a search's pages come.</summary>
    public static SearchOrder OrderOf(SearchFilter filter) => filter switch
    {
        { Phone: not null } or { Email: not null } => SearchOrder.Contact,
        { Name: not null } => SearchOrder.Name,
        { MinSpend: not null } or { MaxSpend: not null } => SearchOrder.Spend,
        _ => SearchOrder.Id,
    };

    /// <param name="after">Of the same order; null for the first page.</param>
    /// <param name="limit">Customers at most.</param>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<SearchPage> Find(
        SearchFilter filter, SearchPlace? after, int limit, int examinedMax = ExaminedMax)
    {
        var order = OrderOf(filter);
        await using var command = database.Searches.CreateCommand(Statement(filter));
        AddFilters(command, filter);
        if (order != SearchOrder.Contact)
        {
            // One more than asked for tells whether there is a next page.
            command.Add(NpgsqlDbType.Integer, examinedMax)
                .Add(NpgsqlDbType.Integer, limit + 1);
            AddPlace(command, order, after);
        }

        var rows = new List<Row>();
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false)) rows.Add(Read(reader, order));
        return Page(rows, limit, order);
    }

    private static string Statement(SearchFilter filter) => SqlText.Load(filter switch
    {
        { Phone: not null } => "Search/by_phone",
        { Email: not null } => "Search/by_email",
        { Name: not null } => "Search/by_name",
        { MinSpend: not null } or { MaxSpend: not null } => "Search/by_spend",
        { Segment: not null } => "Search/by_segment",
        { Status: not null and not AccountStatus.Active } => "Search/by_status",
        { Tier: not null } => "Search/by_tier",
        { Status: not null } => "Search/by_status",
        _ => "Search/all",
    });

    private void AddFilters(NpgsqlCommand command, SearchFilter filter) => command
        .Add(NpgsqlDbType.Bytea, Index(IndexedField.Phone, filter.Phone))
        .Add(NpgsqlDbType.Bytea, Index(IndexedField.Email, filter.Email))
        .Add(NpgsqlDbType.Text, filter.Name)
        .Add(NpgsqlDbType.Text, filter.Tier?.Name())
        .Add(NpgsqlDbType.Text, filter.Segment)
        .Add(NpgsqlDbType.Text, filter.Status?.Name())
        .Add(NpgsqlDbType.Numeric, filter.MinSpend)
        .Add(NpgsqlDbType.Numeric, filter.MaxSpend);

    private static void AddPlace(NpgsqlCommand command, SearchOrder order, SearchPlace? after)
    {
        switch (order)
        {
            case SearchOrder.Name:
                command.Add(NpgsqlDbType.Uuid, after?.Id ?? Guid.Empty)
                    .Add(NpgsqlDbType.Text, after?.Key ?? "");
                break;
            case SearchOrder.Spend:
                command.Add(NpgsqlDbType.Uuid, after?.Id ?? NewestId)
                    .Add(NpgsqlDbType.Numeric, after?.Spend ?? Limits.TotalSpendMax);
                break;
            default:
                command.Add(NpgsqlDbType.Uuid, after?.Id ?? NewestId);
                break;
        }
    }

    private byte[]? Index(IndexedField field, string? contact) =>
        contact is null ? null : keys.BlindIndex(field, contact);

    private static SearchPage Page(List<Row> rows, int limit, SearchOrder order)
    {
        var found = rows.Where(row => row.Matches).Select(row => row.Customer).ToList();
        if (order == SearchOrder.Contact) return new(found, null);
        if (found.Count > limit)
        {
            var last = rows.Where(row => row.Matches).ElementAt(limit - 1);
            return new(found[..limit], last.Place);
        }

        // The last one looked at: there may be more behind it.
        return new(found, rows is [.., { IsLastExamined: true } end] ? end.Place : null);
    }

    private Row Read(NpgsqlDataReader r, SearchOrder order)
    {
        var id = r.GetGuid(0);
        var matches = r.GetBoolean(11);
        // Who was erased may stand at the end of a page, without a key.
        var key = matches
            ? keys.Unwrap(id, new WrappedKey(r.GetInt32(9), r.GetFieldValue<byte[]>(10)))
            : null;
        var spend = r.GetDecimal(7);
        var customer = new FoundCustomer
        {
            Id = id,
            Name = r.TextOrNull(1),
            Phone = key?.OpenText(SealedColumn.Phone, r.BytesOrNull(2)),
            Email = key?.OpenText(SealedColumn.Email, r.BytesOrNull(3)),
            Status = r.GetString(4),
            Tier = r.GetString(5),
            Segment = r.GetString(6),
            TotalSpend = spend,
            CreatedAt = r.GetFieldValue<DateTimeOffset>(8),
        };
        var place = new SearchPlace(
            order, id, order == SearchOrder.Name ? r.GetString(13) : null, spend);
        return new Row(
            customer, matches, order != SearchOrder.Contact && r.GetBoolean(12), place);
    }

    private sealed record Row(
        FoundCustomer Customer, bool Matches, bool IsLastExamined, SearchPlace Place);
}
