using System.Collections.Immutable;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Orders;
using CustomerGrains.Storage;
using CustomerGrains.Storage.Access;
using CustomerGrains.Storage.Audit;
using Orleans.Concurrency;

namespace CustomerGrains.Grains.History;

/// <summary>Holds nothing: the journal and the access log say it all.</summary>
[StatelessWorker, Reentrant, GrainType("history")]
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
        var family = await desk.Ask(() => history.Find(customer.Id));
        return family.IsEmpty
            ? Reply.Refused(ReplyCode.CustomerUnknown)
            : await Page(family, filter, after, query.Page.Limit, reader: customer.Id);
    }

    public async Task<Reply> GetHistory(Guid customerId, HistoryQuery query, Caller admin)
    {
        if (HistoryParser.Parse(query, out var filter, out var after) is { IsEmpty: false } errors)
            return Invalid(errors);
        var family = await desk.Ask(() => history.Find(customerId));
        if (family.IsEmpty) return Reply.Refused(ReplyCode.CustomerNotFound);
        await desk.Ask(() => Record(family[0].Id, admin));
        return await Page(family, filter, after, query.Page.Limit, reader: null);
    }

    public async Task<Reply> GetOwnAccessLog(PageRequest page, Caller customer) =>
        await Refusal(customer) ?? await AccessLog(
            await desk.Ask(() => history.Find(customer.Id)), page, showsReaders: false);

    public async Task<Reply> GetAccessLog(Guid customerId, PageRequest page)
    {
        var family = await desk.Ask(() => history.Find(customerId));
        return family.IsEmpty
            ? Reply.Refused(ReplyCode.CustomerNotFound)
            : await AccessLog(family, page, showsReaders: true);
    }

    /// <summary>Only the customer's own grain knows which tokens still speak for it.</summary>
    private async Task<Reply?> Refusal(Caller customer)
    {
        var reply = await GrainFactory.GetGrain<ICustomerGrain>(customer.Id).Admit(customer);
        return reply.Code == ReplyCode.Ok ? null : reply;
    }

    /// <summary>The journals of one who absorbed others, read side by side.</summary>
    private async Task<Reply> Page(
        ImmutableArray<KnownCustomer> family,
        HistoryFilter filter,
        FamilyCursor after,
        int limit,
        Guid? reader)
    {
        var journals = new List<JournalPage>();
        foreach (var customer in family)
        {
            var cursor = after.Of(journals.Count);
            // The first row may be one whose events were all seen; one more tells whether there is
            // another page.
            var rows = await desk.Ask(() =>
                history.Read(customer, filter with { UpTo = cursor.Sequence }, limit + 2));
            journals.Add(new JournalPage(customer.Id, rows, filter.Kind, cursor, limit + 2, reader is null));
        }

        var items = ImmutableArray.CreateBuilder<HistoryItemView>();
        while (items.Count < limit && JournalPage.Newest(journals) is { } journal)
            items.Add(journal.Take(reader));
        var isOver = journals.All(j => j.IsOver);
        return Answer(HistoryViews.History(
            items.DrainToImmutable(),
            isOver ? null : FamilyCursor.Of(journals.Select(j => j.Last)).ToString()));
    }

    private async Task<Reply> AccessLog(
        ImmutableArray<KnownCustomer> family, PageRequest page, bool showsReaders)
    {
        if (!AccessCursor.TryParse(page.Cursor, out var after))
            return Invalid([new("cursor", "Not a cursor of this list.")]);
        var found = await desk.Ask(() => accesses.Read(
            [.. family.Select(c => c.Id)], after, page.Limit + 1));
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
