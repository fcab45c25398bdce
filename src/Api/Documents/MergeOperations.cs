using CustomerGrains.Api.Problems;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Documents;

/// <summary>Operations about linking and merging, as clients read about them.</summary>
internal static class MergeOperations
{
    public static readonly Operation StartLink = new("startAccountLink", "Link another account")
    {
        Description = "Sends a code to the own proved contact and one to the contact of the "
            + "other account. The answer is the same whether or not there is such an account.",
        Body = MergeShapes.Link,
        Answer = (202, typeof(LinkStartView)),
        IsCommand = true,
        HasVersion = true,
        Refusals =
        [
            ProblemKinds.ContactUnchanged, ProblemKinds.OtpAttemptsExhausted,
            ProblemKinds.OtpCooldown, ProblemKinds.OtpSendLimit, ProblemKinds.AccountMerging,
        ],
    };

    public static readonly Operation VerifyLink = new(
        "verifyAccountLink", "Prove both sides of an account link")
    {
        Description = "The other account becomes part of this one, normally within two seconds; "
            + "blockers say what stands in the way. Its addresses, orders and sums come over. "
            + "Codes that were used are otp-used, but for the same request under its key.",
        Body = MergeShapes.Codes,
        Answer = (202, typeof(LinkView)),
        IsCommand = true,
        HasVersion = true,
        Refusals =
        [
            ProblemKinds.NotFound, ProblemKinds.OtpUsed, ProblemKinds.OtpExpired,
            ProblemKinds.OtpWrong, ProblemKinds.OtpAttemptsExhausted, ProblemKinds.AccountMerging,
        ],
    };

    public static readonly Operation GetLink = new("getAccountLink", "How an account link stands")
    {
        Answer = (200, typeof(LinkView)),
        HasVersion = true,
        Refusals = [ProblemKinds.NotFound, ProblemKinds.AccountMerging],
    };

    public static readonly Operation Preview = new(
        "previewMerge", "What a merge of two customers would give")
    {
        Description = "Changes nothing but the access logs of both. Looks anew each time, also "
            + "under an Idempotency-Key: no answer with another person's data is kept.",
        Body = MergeShapes.Merge,
        Answer = (200, typeof(MergePreviewView)),
        Refusals = [ProblemKinds.NotFound],
    };

    public static readonly Operation Merge = new("mergeCustomers", "Merge a customer into another")
    {
        Description = "Addresses, orders and sums of the redundant customer come over; its id "
            + "answers for the survivor from then on, its tokens are void. Can be undone for "
            + "seven days.",
        Body = MergeShapes.Merge,
        Answer = (202, typeof(MergeView)),
        IsCommand = true,
        HasVersion = true,
        Refusals = [ProblemKinds.NotFound, ProblemKinds.MergeBlocked],
    };

    public static readonly Operation Undo = new("undoMerge", "Undo a merge")
    {
        Description = "What came with the merge and is still there goes back; what is new stays. "
            + "Once the survivor was forgotten, both are: not-found.",
        Body = MergeShapes.Undo,
        Answer = (202, typeof(MergeView)),
        IsCommand = true,
        HasVersion = true,
        Refusals =
        [
            ProblemKinds.NotFound, ProblemKinds.MergeNotDone, ProblemKinds.UndoOver,
            ProblemKinds.MergeBlocked,
        ],
    };

    public static readonly Operation Get = new("getMerge", "How a merge stands")
    {
        Answer = (200, typeof(MergeDetailView)),
        Refusals = [ProblemKinds.NotFound],
    };
}
