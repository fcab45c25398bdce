using System.Collections.Immutable;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Orders;
using CustomerGrains.Storage;
using CustomerGrains.Storage.Access;
using CustomerGrains.Storage.Audit;
using CustomerGrains.Storage.Journal;
using Orleans.Concurrency;

namespace CustomerGrains.Grains.History;

/// <summary>Holds nothing: the journal and the access log say it all.</summary>
[StatelessWorker, GrainType("history")]
internal sealed class HistoryGrain(
    HistoryStore history, AccessReader accesses, OrderDesk desk, TimeProvider time)
    : Grain, IHistoryGrain
{
    private const string AdminRole = "uta";
    private const string Purpose = "history";

    private static readonly string[] Fields = ["history"];

    public async Task<Reply> GetOwnHistory(HistoryQuery query, Caller customer)
    {
        if (await Refusal(customer) is { } refusal) return refusal;
        if (HistoryParser.Parse(query, out var filter, out var after) is { IsEmpty: false } errors)
            return Invalid(errors);
        var known = await desk.Ask(() => history.Find(customer.Id));
        return known is null
            ? Reply.Refused(ReplyCode.CustomerUnknown)
            : await Page(known, filter, after, query.Page.Limit, reader: customer.Id);
    }

    public async Task<Reply> GetHistory(Guid customerId, HistoryQuery query, Caller admin)
    {
        if (HistoryParser.Parse(query, out var filter, out var after) is { IsEmpty: false } errors)
            return Invalid(errors);
        if (await desk.Ask(() => history.Find(customerId)) is not { } known)
            return Reply.Refused(ReplyCode.CustomerNotFound);
        await desk.Ask(() => Record(customerId, admin));
        return await Page(known, filter, after, query.Page.Limit, reader: null);
    }

    public async Task<Reply> GetOwnAccessLog(PageRequest page, Caller customer) =>
        await Refusal(customer) ?? await AccessLog(customer.Id, page, showsReaders: false);

    public async Task<Reply> GetAccessLog(Guid customerId, PageRequest page) =>
        await desk.Ask(() => history.Find(customerId)) is null
            ? Reply.Refused(ReplyCode.CustomerNotFound)
            : await AccessLog(customerId, page, showsReaders: true);

    /// <summary>Only the customer's own grain knows which tokens still speak for it.</summary>
    private async Task<Reply?> Refusal(Caller customer)
    {
        var reply = await GrainFactory.GetGrain<ICustomerGrain>(customer.Id).Admit(customer);
        return reply.Code == ReplyCode.Ok ? null : reply;
    }

    private async Task<Reply> Page(
        KnownCustomer customer, HistoryFilter filter, HistoryCursor after, int limit, Guid? reader)
    {
        // The first row may be one whose events were all seen; one more tells whether there is
        // another page.
        var rowsMax = limit + 2;
        var rows = await desk.Ask(() => history.Read(customer, filter, rowsMax));
        var items = ImmutableArray.CreateBuilder<HistoryItemView>();
        var last = after;
        foreach (var row in rows)
        {
            for (var index = row.Events.Length - 1; index >= 0; index--)
            {
                var happened = row.Events[index];
                if (!after.IsBefore(row.Sequence, index)) continue;
                if (reader is not null && CustomerHistory.IsForStaff(happened)) continue;
                if (filter.Kind is { } kind && JournalKinds.ByType[happened.GetType()] != kind)
                    continue;
                if (items.Count == limit)
                    return Answer(HistoryViews.History(items.DrainToImmutable(), last.ToString()));
                items.Add(HistoryViews.Item(row, happened, reader));
                last = new HistoryCursor(row.Sequence, index);
            }
        }

        // A row that only looked as if it had the kind takes a place without an item.
        var next = rows.Length == rowsMax
            ? new HistoryCursor(rows[^1].Sequence, 0).ToString()
            : null;
        return Answer(HistoryViews.History(items.DrainToImmutable(), next));
    }

    private async Task<Reply> AccessLog(Guid customerId, PageRequest page, bool showsReaders)
    {
        if (!AccessCursor.TryParse(page.Cursor, out var after))
            return Invalid([new("cursor", "Not a cursor of this list.")]);
        var found = await desk.Ask(() => accesses.Read(customerId, after, page.Limit + 1));
        if (found.Length <= page.Limit)
            return Answer(HistoryViews.AccessLog(found, null, showsReaders));
        var items = found[..page.Limit];
        return Answer(
            HistoryViews.AccessLog(items, AccessCursor.At(items[^1].Place), showsReaders));
    }

    private async Task<bool> Record(Guid customerId, Caller admin)
    {
        await desk.Accesses.Record(new AccessEntry(
            admin.Id, AdminRole, customerId, BranchId: null, OrderId: null, Purpose, Fields,
            time.UtcNowInMilliseconds()));
        return true;
    }

    private static Reply Answer(byte[] body) => new() { Code = ReplyCode.Ok, Body = body };

    private static Reply Invalid(ImmutableArray<MemberError> errors) =>
        new() { Code = ReplyCode.InvalidMember, Errors = errors };
}
