using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Orders;
using CustomerGrains.Storage;
using CustomerGrains.Storage.Access;
using CustomerGrains.Storage.Branches;
using Orleans.Concurrency;

namespace CustomerGrains.Grains.Branches;

[StatelessWorker, Reentrant, GrainType("branch")]
internal sealed class BranchGrain(BranchStore branches, OrderDesk desk, TimeProvider time)
    : Grain, IBranchGrain
{
    private const string BranchRole = "utb";

    private static readonly string[] ListedFields = ["name", "masked_phone"];
    private static readonly string[] DetailFields = ["name", "phone", "address"];

    public async Task<Reply> ListOrders(PageRequest page, string? purpose, Caller caller)
    {
        var why = Purpose.Parse(purpose);
        if (why.Refusal is { } refusal) return refusal;
        if (!OrderCursor.TryParse(page.Cursor, out var after))
        {
            return new Reply
            {
                Code = ReplyCode.InvalidMember,
                Errors = [new("cursor", "Not a cursor of this list.")],
            };
        }

        // One more than asked for tells whether there is a next page; it is not shown.
        var found = await desk.Ask(() =>
            branches.List(ReaderOf(caller), after, page.Limit + 1));
        var shown = found.Take(page.Limit).ToList();
        await desk.Ask(() => Record(caller, shown, why.Text, ListedFields));
        var next = found.Count > page.Limit ? OrderCursor.At(shown[^1]) : null;
        return new Reply { Code = ReplyCode.Ok, Body = BranchAnswers.List(shown, next) };
    }

    public async Task<Reply> GetCustomer(Guid orderId, string? purpose, Caller caller)
    {
        var order = await desk.Ask(() => branches.Find(ReaderOf(caller), orderId));
        if (order is null) return Reply.Refused(ReplyCode.OrderUnknown);
        var why = Purpose.Parse(purpose);
        if (why.Refusal is { } refusal) return refusal;

        await desk.Ask(() => Record(caller, [order], why.Text, DetailFields));
        return new Reply { Code = ReplyCode.Ok, Body = BranchAnswers.Customer(order) };
    }

    private static BranchReader ReaderOf(Caller caller) => new(
        caller.Id,
        caller.BranchId ?? throw new InvalidOperationException("A caller without a branch."));

    private async Task<bool> Record(
        Caller caller, List<BranchOrder> shown, string purpose, string[] fields)
    {
        var now = time.UtcNowInMilliseconds();
        await desk.Accesses.Record([.. shown.Select(order => new AccessEntry(
            caller.Id,
            BranchRole,
            order.CustomerId,
            caller.BranchId,
            order.Id,
            purpose,
            fields,
            now))]);
        return true;
    }
}
