using System.Collections.Immutable;
using System.Text.Json;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage;
using CustomerGrains.Storage.Policies;
using Orleans.Concurrency;

namespace CustomerGrains.Grains.Orders;

/// <summary>Holds nothing: the database decides between two administrators.</summary>
[StatelessWorker, GrainType("policy")]
internal sealed class PolicyGrain(PolicyStore policies, OrderDesk desk, TimeProvider time)
    : Grain, IPolicyGrain
{
    private const string MemberName = "document";

    public async Task<Reply> Get() => Answer(await Present());

    public async Task<Reply> Replace(PolicyDraft draft, Caller caller)
    {
        var errors = Flaws(draft);
        if (!errors.IsEmpty) return new Reply { Code = ReplyCode.InvalidMember, Errors = errors };
        var document = JsonSerializer.Serialize(
            draft.Members.ToImmutableSortedDictionary(StringComparer.Ordinal));

        await desk.Ask(() => policies.Replace(
            AgePolicy.Name, draft.Version, document, time.UtcNowInMilliseconds(), caller.Id));
        desk.Ages.Forget();
        var present = await Present();
        return IsWhatWasAsked(present, draft, caller)
            ? Answer(present)
            : Reply.Refused(ReplyCode.VersionMismatch);
    }

    /// <summary>Also true when an earlier try of the same request passed and its answer was
    /// lost.</summary>
    private static bool IsWhatWasAsked(StoredPolicy present, PolicyDraft draft, Caller caller) =>
        present.Version == draft.Version + 1
        && present.ChangedBy == caller.Id
        && AgePolicy.Parse(present.Document).SequenceEqual(
            draft.Members.ToImmutableSortedDictionary(
                m => m.Key, m => (int)m.Value, StringComparer.Ordinal));

    private static ImmutableArray<MemberError> Flaws(PolicyDraft draft)
    {
        var errors = ImmutableArray.CreateBuilder<MemberError>();
        if (draft.Version < 1)
            errors.Add(new("version", "Must be a version that was read."));
        if (draft.Members.Length > Limits.RestrictedCategoriesMax)
            errors.Add(new(MemberName, $"At most {Limits.RestrictedCategoriesMax} categories."));
        if (!draft.Members.All(m => CategoryNames.IsName(m.Key)))
            errors.Add(new(MemberName, OrderParser.CategoryRule));
        if (draft.Members.Any(m => m.Value is < 0 or > Limits.MinimumAgeMax))
            errors.Add(new(MemberName, $"A minimum age is 0 to {Limits.MinimumAgeMax} years."));
        return errors.DrainToImmutable();
    }

    private async Task<StoredPolicy> Present() =>
        await desk.Ask(() => policies.Find(AgePolicy.Name))
        ?? throw new InvalidOperationException("The database lacks the policy of ages.");

    private static Reply Answer(StoredPolicy policy) => new()
    {
        Code = ReplyCode.Ok,
        Version = policy.Version,
        Body = OrderAnswers.Policy(new PolicyView(
            policy.Name,
            policy.Version,
            AgePolicy.Parse(policy.Document),
            policy.ChangedAt.UtcDateTime,
            policy.ChangedBy)),
    };
}
