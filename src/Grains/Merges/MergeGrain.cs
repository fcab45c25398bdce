using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Customers;
using CustomerGrains.Storage.Faults;
using CustomerGrains.Storage.Sealing;
using Microsoft.Extensions.Logging;

namespace CustomerGrains.Grains.Merges;

/// <summary>Walks a merge through its steps. What happened is known to the customers; here lies
/// only what comes next, stored after each step: one that is taken twice does nothing the second
/// time. See docs/adr/0018.</summary>
[GrainType("merge")]
internal sealed partial class MergeGrain(
    [PersistentState("merge", "grains")] IPersistentState<MergeState> stored,
    KeyRing keys,
    CustomerOptions options,
    TimeProvider time,
    ILogger<MergeGrain> log)
    : Grain, IMergeGrain, IRemindable
{
    private const string Reminder = "resume";

    private static readonly SealedColumn Reason = new("merge.reason");

    /// <summary>A merge whose silo died waits for the reminder instead.</summary>
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);

    private IGrainTimer? _retries;

    private MergeState State => stored.State;

    private bool IsDone => !stored.RecordExists || State.Stage
        is MergeProgressStage.Merged or MergeProgressStage.Blocked or MergeProgressStage.Undone;

    /// <summary>Whoever asks for a merge that was left lying sets it going.</summary>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!IsDone) Go();
        return Task.CompletedTask;
    }

    public async Task<MergeProgress> Start(MergeOrder order, Caller by)
    {
        if (stored.RecordExists) return Progress();

        var unowned = order.RedundantId == Guid.Empty;
        await Guard(async () =>
        {
            if (!unowned) await Remind();
            await Store(new MergeState
            {
                SurvivorId = order.SurvivorId,
                RedundantId = order.RedundantId,
                Stage = unowned ? MergeProgressStage.Blocked : MergeProgressStage.Requested,
                By = by.Id,
                ByRole = by.Role,
                Reason = Seal(order.Reason),
                Blockers = unowned ? [new("customer-unknown", null)] : [],
                Key = order.Key,
            });
        });
        if (!unowned) Go();
        return Progress();
    }

    public ValueTask<MergeProgress?> Get()
    {
        if (stored.RecordExists) return new(Progress());
        // Ids of nothing must not fill the memory.
        DeactivateOnIdle();
        return new((MergeProgress?)null);
    }

    public async Task<MergeProgress> Undo(string? reason, Caller by)
    {
        if (!stored.RecordExists || State.Stage != MergeProgressStage.Merged) return Progress();
        await Guard(async () =>
        {
            await Remind();
            await Store(State with
            {
                Stage = MergeProgressStage.Undoing,
                By = by.Id,
                ByRole = by.Role,
                Reason = Seal(reason),
                Blockers = [],
            });
        });
        Go();
        return Progress();
    }

    public async Task Advance()
    {
        try
        {
            while (!IsDone)
            {
                var next = await Step();
                FaultPoints.Pass(FaultPoints.MergeStep);
                await Store(next);
            }
        }
        catch (Exception e) when (e is TryAgainException or TimeoutException
            or OrleansException or FaultException)
        {
            Waiting(log, this.GetPrimaryKey(), State.Stage, e.GetType().Name);
            // What was stored is not certain after a failure: the next try reads it again.
            if (e is OrleansException) DeactivateOnIdle();
            _retries ??= this.RegisterGrainTimer(
                _ => Advance(), new GrainTimerCreationOptions(RetryPause, RetryPause)
                {
                    KeepAlive = true,
                });
            return;
        }

        _retries?.Dispose();
        _retries = null;
        await ForgetReminder();
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => Advance();

    private void Go() => _ = this.AsReference<IMergeGrain>().Advance();

    private MergeProgress Progress() => new(
        this.GetPrimaryKey(),
        State.SurvivorId,
        State.RedundantId,
        State.Stage switch
        {
            MergeProgressStage.Merged or MergeProgressStage.Undoing
                or MergeProgressStage.GivenBack => "merged",
            MergeProgressStage.Blocked => "blocked",
            MergeProgressStage.Undone => "undone",
            _ => "merging",
        },
        State.Stage is MergeProgressStage.Undoing or MergeProgressStage.GivenBack,
        [.. State.Blockers.Select(b => new MergeBlockerView(b.Code, b.CustomerId))],
        State.Key);

    private async Task Store(MergeState next)
    {
        stored.State = next;
        await stored.WriteStateAsync();
    }

    /// <summary>After a failure of the store nothing this activation holds is certain.</summary>
    private async Task Guard(Func<Task> ask)
    {
        try
        {
            await ask();
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            DeactivateOnIdle();
            Waiting(log, this.GetPrimaryKey(), State.Stage, e.GetType().Name);
            throw new TryAgainException("The database or the cluster did not answer.");
        }
    }

    private Task Remind() =>
        this.RegisterOrUpdateReminder(Reminder, options.MergeResume, options.MergeResume);

    /// <summary>A reminder that stays finds nothing to do and tries this again.</summary>
    private async Task ForgetReminder()
    {
        try
        {
            if (await this.GetReminder(Reminder) is { } reminder)
                await this.UnregisterReminder(reminder);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            Waiting(log, this.GetPrimaryKey(), State.Stage, e.GetType().Name);
        }
    }

    private byte[]? Seal(string? reason) =>
        reason is null ? null : keys.SealForService(Reason, this.GetPrimaryKey(), reason);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Merge {Id} waits at {Stage}: {Kind}.")]
    private static partial void Waiting(
        ILogger log, Guid id, MergeProgressStage stage, string kind);
}
