using System.Collections.Immutable;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Orders;
using CustomerGrains.Storage.Batching;
using CustomerGrains.Storage.Courier;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Sealing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerGrains.Grains.Customers;

/// <summary>One customer. Every command goes the same way: parse, replay check, decide, fold,
/// commit, adopt, reply.</summary>
[GrainType("customer")]
internal sealed partial class CustomerGrain(
    CustomerStore store,
    KeyMaker keys,
    ContactDesk desk,
    TimeProvider time,
    CustomerOptions options,
    OrderDesk orders,
    ExportDesk exports,
    ILogger<CustomerGrain> log)
    : Grain, ICustomerGrain
{
    // Replaced as a whole, never changed: queries run beside a command that awaits its commit.
    private LoadedCustomer? _loaded;
    private byte[]? _profile;
    private long _loadedAt;
    private CompletionRules? _profileRules;

    /// <summary>When a pending change leaves the profile; null when there is none.</summary>
    private DateTimeOffset? _profileEndsAt;

    private Customer State => Held?.Customer ?? Customer.Unborn(this.GetPrimaryKey());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Hold(await Guard(() => store.Load(this.GetPrimaryKey())));
        _loadedAt = time.GetTimestamp();
    }

    public ValueTask<Reply> GetProfile(Caller caller)
    {
        if (Refusal(caller) is { } refusal) return new(refusal);
        return ValueTask.FromResult(Answer(State, Profile()));
    }

    public ValueTask<Reply> Admit(Caller caller) =>
        Refusal(caller) is { } refusal ? new(refusal) : new(Answer(State, []));

    public ValueTask<Reply> GetAddresses(PageRequest page, Caller caller)
    {
        if (Refusal(caller) is { } refusal) return new(refusal);
        return ValueTask.FromResult(Views.Addresses(State, page) is { } list
            ? Answer(State, list)
            : Invalid([new("cursor", "Not a cursor of this list.")]));
    }

    public Task<Reply> EditProfile(ProfileEdit edit, CommandContext context) =>
        Execute(context, Parsed.EditProfile(edit, Today), RenderProfile);

    public Task<Reply> AddAddress(Guid addressId, GrainInterfaces.AddressEdit draft, CommandContext context) =>
        Execute(context, Parsed.AddAddress(addressId, draft, options), c => Views.Address(c, addressId));

    public Task<Reply> EditAddress(
        Guid addressId,
        GrainInterfaces.AddressEdit edit,
        bool confirmsActiveOrder,
        CommandContext context) => Execute(
            context,
            Parsed.EditAddress(addressId, edit, confirmsActiveOrder, options),
            c => Views.Address(c, addressId));

    public Task<Reply> RemoveAddress(
        Guid addressId, bool confirmsActiveOrder, CommandContext context) => Execute(
            context,
            new(new CustomerCommand.RemoveAddress(addressId)
            {
                ConfirmsActiveOrder = confirmsActiveOrder,
            }),
            _ => []);

    public Task<Reply> SetDefaultAddress(Guid addressId, CommandContext context) =>
        Execute(context, new(new CustomerCommand.SetDefaultAddress(addressId)), Views.Addresses);

    public Task<Reply> AddMedia(Guid mediaId, MediaDraft draft, CommandContext context) =>
        Execute(context, Parsed.AddMedia(mediaId, draft), c => Views.Media(c, mediaId));

    public Task<Reply> RecordActivity(ActivityDraft draft, CommandContext context) =>
        Execute(context, ActivityParser.Parse(draft, Now()), _ => Views.Activity());

    public Task<Reply> SignUp(ProvedContact? contact, CommandContext context) =>
        Perform(context, Parsed.SignUp(contact), _ => []);

    public Task<Reply> SignIn(ProvedContact contact, CommandContext context) =>
        Perform(context, Parsed.SignIn(contact), _ => []);

    private byte[] Profile()
    {
        var rules = orders.Rules.Current.Completion;
        if (_profile is not null && _profileRules == rules
            && !(time.GetUtcNow() > _profileEndsAt))
            return _profile;
        _profileRules = rules;
        _profileEndsAt = Views.EndOfProfile(State, Now());
        return _profile = RenderProfile(State);
    }

    private byte[] RenderProfile(Customer customer) => Views.Profile(customer, orders.Rules.Current, Now());

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>A command of a token holder.</summary>
    private Task<Reply> Execute(
        CommandContext context, Parsed command, Func<Customer, byte[]> render) =>
        Refusal(context.Caller) ?? Perform(context, command, render);

    private async Task<Reply> Perform(
        CommandContext context,
        Parsed parsed,
        Func<Customer, byte[]> render,
        ReplyCode done = ReplyCode.Ok)
    {
        if (await FindReplay(context) is { } replay) return replay;
        if (parsed.Command is not { } command) return Invalid(parsed.Errors);

        var now = Now();
        return await Conclude(context, Decide(command, context, now), now, render, [], done);
    }

    private Decision Decide(CustomerCommand command, CommandContext context, DateTimeOffset now) =>
        State.Decide(
            command with { ExpectedVersion = context.IfMatch, Rules = orders.Rules.Current }, now);

    /// <summary>Fold, commit, adopt, reply.</summary>
    private async Task<Reply> Conclude(
        CommandContext context,
        Decision decision,
        DateTimeOffset now,
        Func<Customer, byte[]> render,
        ImmutableArray<OutgoingMessage> messages,
        ReplyCode done = ReplyCode.Ok,
        DataKey? redundantKey = null)
    {
        using var span = CommandTracing.Begin(context);
        var before = State;
        if (decision.Refusal is not null && decision.Events.IsEmpty)
            return await Refuse(Refused(decision));
        if (decision.Events.IsEmpty)
            return await Unchanged(context, Answer(before, render(before)), now);

        var after = before.After(decision.Events, now);
        var reply = decision.Refusal is null
            ? Answer(after, render(after), done)
            : Refused(decision);
        var key = Held?.Key ?? keys.For(after.Id);
        using var commit = CommandTracing.BeginCommit(span, decision.Events.Length);
        var result = await Guard(() => store.Commit(new CustomerCommit
        {
            Before = before,
            After = after,
            Events = decision.Events,
            CommandId = context.CommandId,
            ActorId = context.Caller.Id,
            ActorRole = (byte)context.Caller.Role,
            At = now,
            Key = key,
            RedundantKey = redundantKey,
            Messages = messages,
            Reply = decision.IsKept ? StoredReply(context, reply) : null,
            TraceParent = CommandTracing.ParentOf(commit),
        }));
        CommandTracing.End(commit, result);
        switch (result)
        {
            case CommitResult.Committed:
                Adopt(after, key);
                if (!messages.IsEmpty) desk.Wake();
                return reply;
            case CommitResult.ContactTaken or CommitResult.ContactReserved:
                if (!before.Lives) DeactivateOnIdle();
                return await Refuse(result == CommitResult.ContactTaken
                    ? ReplyCode.ContactTaken
                    : ReplyCode.ContactReserved);
            case CommitResult.OrderTaken:
                return await Refuse(ReplyCode.OrderExists);
            case CommitResult.MergeOutOfStep:
                DeactivateOnIdle();
                return Reply.Refused(ReplyCode.MergeOutOfStep);
            case CommitResult.Stale:
                throw Outdated();
            default:
                throw new InvalidOperationException($"Unknown result {result}.");
        }
    }

    private void Adopt(Customer after, DataKey key)
    {
        var isGone = !after.Lives && after.MergedInto is null;
        if (isGone) ForgetAbsorbed();
        Hold(isGone ? null : new LoadedCustomer(after, key));
        if (!isGone) return;
        // Whoever is forgotten is forgotten here first, ended orders of riders included.
        (_ended, _polls) = (null, null);
        DeactivateOnIdle();
    }

    /// <summary>After a failure of the store nothing this activation holds is certain: it goes, and
    /// the caller may try again.</summary>
    private async Task<T> Guard<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (QueueFullException)
        {
            throw new TryAgainException("The service is overloaded.");
        }
        catch (Exception e) when (e is CommitUnknownException or NpgsqlException)
        {
            DeactivateOnIdle();
            // Logged here, with the cause; the caller's process need not know the cause's type.
            DatabaseSilent(log, e);
            throw new TryAgainException("The database did not answer.");
        }
    }

    // The database keeps microseconds, the API shows milliseconds: what is in memory is exactly
    // what would be read back.
    private DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database did not answer.")]
    private static partial void DatabaseSilent(ILogger log, Exception cause);
}
