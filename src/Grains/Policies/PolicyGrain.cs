using System.Text.Json.Nodes;
using CustomerGrains.Domain;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Orders;
using CustomerGrains.Storage;
using CustomerGrains.Storage.Policies;
using CustomerGrains.Storage.Reviews;
using Orleans.Concurrency;

namespace CustomerGrains.Grains.Policies;

/// <summary>Holds nothing: the database decides between two administrators.</summary>
[StatelessWorker, Reentrant, GrainType("policy")]
internal sealed class PolicyGrain(
    PolicyStore policies, ReviewPass reviews, OrderDesk desk, TimeProvider time)
    : Grain, IPolicyGrain
{
    private PolicyKind Kind => PolicyKind.Find(this.GetPrimaryKeyString())
        ?? throw new InvalidOperationException("There is no policy of that name.");

    public async Task<Reply> Get() => Answer(await Present());

    public async Task<Reply> Replace(PolicyDraft draft, Caller caller)
    {
        var v = new Validation();
        if (draft.Version < 1) v.Refuse("version", "Must be a version that was read.");
        var document = Kind.Normalise(draft.Document, v);
        if (!v.IsClean)
        {
            return new Reply
            {
                Code = ReplyCode.InvalidMember,
                Errors = [.. v.Errors.Distinct().Select(e => new MemberError(e.Member, e.Message))],
            };
        }

        await desk.Ask(() => policies.Replace(
            Kind.Name, draft.Version, document.ToJsonString(), time.UtcNowInMilliseconds(),
            caller.Id));
        var present = await Present();
        if (!IsWhatWasAsked(present, draft, document, caller))
            return Reply.Refused(ReplyCode.VersionMismatch);
        await desk.Ask(Follow);
        return Answer(present);
    }

    /// <summary>Also true when an earlier try of the same request passed and its answer was
    /// lost.</summary>
    private bool IsWhatWasAsked(
        StoredPolicy present, PolicyDraft draft, JsonObject document, Caller caller) =>
        present.Version == draft.Version + 1
        && present.ChangedBy == caller.Id
        && JsonNode.DeepEquals(Normal(present), document);

    /// <summary>Should it fail: silos read policies anyway, and the next pass is an hour away.
    /// </summary>
    private async Task<bool> Follow()
    {
        await desk.Rules.Refresh();
        if (Kind == PolicyKind.Tiers || Kind == PolicyKind.Risk)
            await reviews.Restart(2 * RuleBook.StalenessMax);
        return true;
    }

    private async Task<StoredPolicy> Present() =>
        await desk.Ask(() => policies.Find(Kind.Name))
        ?? throw new InvalidOperationException($"The database lacks the policy {Kind.Name}.");

    /// <summary>The database orders members in its own way.</summary>
    private JsonObject Normal(StoredPolicy policy) =>
        Kind.Normalise(policy.Document, new Validation());

    private Reply Answer(StoredPolicy policy) => new()
    {
        Code = ReplyCode.Ok,
        Version = policy.Version,
        Body = OrderAnswers.Policy(new PolicyView(
            policy.Name,
            policy.Version,
            Normal(policy),
            policy.ChangedAt.UtcDateTime,
            policy.ChangedBy)),
    };
}
