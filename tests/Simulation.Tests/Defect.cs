namespace CustomerGrains.Simulation.Tests;

/// <summary>Mistakes that one could make, planted into the model: each must be found, or the
/// simulation proves nothing.</summary>
public enum Defect
{
    None,

    /// <summary>A commit does not look at the version it was decided on.</summary>
    NoVersionFence,

    /// <summary>The answer of a keyed request is stored after the commit, by itself.</summary>
    ReplyInItsOwnTransaction,

    /// <summary>A repetition is not looked up.</summary>
    RetryNotRecognised,

    /// <summary>A stored answer from beyond the activation's own version is told, and the old state
    /// kept.</summary>
    ReplayKeepsOldState,

    /// <summary>A refusal does not look whether the state that it was decided on is the newest.
    /// </summary>
    RefusedWithoutLook,

    /// <summary>The answer leaves before the commit is durable.</summary>
    AnswerBeforeCommit,

    /// <summary>A commit whose answer was lost counts as done.</summary>
    LostAnswerTakenForDone,

    /// <summary>A commit whose answer was lost is sent again on top of what is there now.</summary>
    LostAnswerSentAgain,

    /// <summary>After a stale commit the activation goes on with what it has.</summary>
    StaleStateKept,

    /// <summary>A contact is only looked up before the write.</summary>
    ContactsNotUnique,

    /// <summary>The contact of an open undo can be had by others.</summary>
    ReservationIgnored,

    /// <summary>The old default does not step down.</summary>
    OldDefaultStays,

    /// <summary>A wrong code is told without being stored.</summary>
    WrongCodeNotStored,

    /// <summary>Orders get the new phone into their snapshot.</summary>
    SnapshotFollows,

    /// <summary>Riders are not told of a new phone.</summary>
    FlagForgotten,

    /// <summary>A rider's read is logged after it was answered.</summary>
    ReadBeforeLog,

    /// <summary>The feed reads rows above the oldest running transaction.</summary>
    FeedReadsPastRunning,

    /// <summary>The feed's position is recorded when rows are handed out.</summary>
    CheckpointBeforeDelivery,

    /// <summary>Delivered rows are counted whether they were counted before or not.</summary>
    CountedWithoutMark,

    /// <summary>Counts are one transaction, the mark another.</summary>
    MarkInItsOwnTransaction,

    /// <summary>A chunk after a gap is counted, and the mark moved over the gap.</summary>
    GapNotCaughtUp,

    /// <summary>Rows are sealed as they are delivered, not as they lie in the journal.</summary>
    SealedAsDelivered,
}
