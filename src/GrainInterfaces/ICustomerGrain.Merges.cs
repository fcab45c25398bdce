using Orleans.Concurrency;

namespace CustomerGrains.GrainInterfaces;

/// <summary>Linking and merging.</summary>
public partial interface ICustomerGrain
{
    /// <summary>What a merge of another customer into this one would give; answers a
    /// <see cref="MergePreviewView"/>, both customers written to the access log before. Refusals:
    /// InvalidMember, CustomerNotFound.</summary>
    [Alias("PreviewMerge")]
    Task<Reply> PreviewMerge(MergeDraft draft, CommandContext context);

    /// <summary>Begins a merge of another customer into this one; answers a
    /// <see cref="MergeView"/>. Refusals: InvalidMember, CustomerNotFound, MergeBlocked.
    /// </summary>
    [Alias("StartMerge")]
    Task<Reply> StartMerge(MergeDraft draft, CommandContext context);

    /// <summary>Begins the undo of a merge into this customer; answers a <see cref="MergeView"/>.
    /// Refusals: InvalidMember, CustomerNotFound, MergeUnknown, MergeNotDone, UndoOver,
    /// MergeBlocked.</summary>
    [Alias("UndoMerge")]
    Task<Reply> UndoMerge(MergeUndoDraft draft, CommandContext context);

    /// <summary>Sends two codes, one to the own proved contact, one to another account's; answers
    /// a <see cref="LinkStartView"/>. Whether there is such an account is not told. Refusals:
    /// InvalidMember, ContactUnchanged, FailureBudgetSpent, OtpCooldown, OtpSendLimit.</summary>
    [Alias("StartLink")]
    Task<Reply> StartLink(Guid linkId, LinkDraft draft, CommandContext context);

    /// <summary>Shows both codes; answers a <see cref="LinkView"/>. The merge begins at once. A
    /// wrong code is counted before it is told. Refusals: InvalidMember, OtpUnknown, OtpUsed,
    /// OtpExpired, OtpAttemptsExhausted, FailureBudgetSpent, OtpWrong.</summary>
    [Alias("VerifyLink")]
    Task<Reply> VerifyLink(LinkProof proof, CommandContext context);

    /// <summary>Answers a <see cref="LinkView"/>. Refusals: MergeUnknown.</summary>
    [AlwaysInterleave, Alias("GetLink")]
    Task<Reply> GetLink(Guid linkId, Caller caller);

    /// <summary>What a merge needs to know before it begins: answers an export, and what stands
    /// in the way as blockers. Internal. Refusals: CustomerNotFound.</summary>
    [AlwaysInterleave, Alias("DescribeForMerge")]
    ValueTask<Reply> DescribeForMerge();

    /// <summary>Answers the export of a customer whom the merge has frozen or taken away, always
    /// the same. Internal. Refusals: MergeOutOfStep.</summary>
    [AlwaysInterleave, Alias("ExportForMerge")]
    ValueTask<Reply> ExportForMerge(Guid mergeId);

    /// <summary>A step, of the redundant. Internal. Refusals: MergeBlocked.</summary>
    [Alias("FreezeForMerge")]
    Task<Reply> FreezeForMerge(MergeOrder order, CommandContext context);

    /// <summary>A step, of the redundant. Internal. Refusals: MergeOutOfStep.</summary>
    [Alias("ThawFromMerge")]
    Task<Reply> ThawFromMerge(Guid mergeId, CommandContext context);

    /// <summary>A step, of the survivor. Internal. Refusals: MergeBlocked, MergeOutOfStep.
    /// </summary>
    [Alias("Absorb")]
    Task<Reply> Absorb(MergeOrder order, byte[] export, CommandContext context);

    /// <summary>A step, of the redundant. Internal. Refusals: MergeOutOfStep.</summary>
    [Alias("MergeAway")]
    Task<Reply> MergeAway(Guid mergeId, CommandContext context);

    /// <summary>The last step, of the survivor. Internal. Refusals: MergeOutOfStep, ContactTaken,
    /// ContactReserved.</summary>
    /// <param name="export">Null: without the contacts.</param>
    [Alias("AdoptContacts")]
    Task<Reply> AdoptContacts(Guid mergeId, byte[]? export, CommandContext context);

    /// <summary>A step of the undo, of the survivor. Internal. Refusals: MergeNotDone, UndoOver,
    /// MergeBlocked.</summary>
    [Alias("GiveBack")]
    Task<Reply> GiveBack(MergeOrder order, CommandContext context);

    /// <summary>The last step of the undo, of the redundant. Internal. Refusals: ContactTaken.
    /// </summary>
    [Alias("Revive")]
    Task<Reply> Revive(Guid mergeId, CommandContext context);
}
