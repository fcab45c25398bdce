using CustomerGrains.Api.Problems;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Documents;

/// <summary>Operations about erasure and export, as clients read about them.</summary>
internal static class PrivacyOperations
{
    public static readonly Operation RequestExport = new(
        "requestExport", "Have a copy made of everything that is stored")
    {
        Description = "Normally ready within a second. One is made at a time: asking again "
            + "meanwhile answers the same one. At most five in 24 hours. Accounts that became "
            + "part of this one are in it, each with everything of its own.",
        Body = SignInShapes.Nothing,
        Answer = (202, typeof(ExportStartView)),
        IsCommand = true,
        HasVersion = true,
        Refusals = [ProblemKinds.ExportLimit, ProblemKinds.AccountMerging],
    };

    public static readonly Operation GetExport = new("getExport", "Fetch an export")
    {
        Description = "document is there while the state is ready: for 24 hours. It holds every "
            + "value in clear.",
        Answer = (200, typeof(ExportView)),
        Refusals = [ProblemKinds.NotFound],
    };

    public static readonly Operation RequestErasure = new("requestErasure", "Ask to be forgotten")
    {
        Description = "Runs by itself once runs_at is over, no order is under way and no contact "
            + "change can be undone, and a merge that is under way is complete; until then it "
            + "can be taken back, and nobody can be merged. The person's data and the "
            + "key that opens what is kept are destroyed, tokens are void, contacts are free. "
            + "Orders and money stay. Accounts that became part of this one go too; no merge "
            + "can be undone any more. Every contact is told. Asking again changes nothing.",
        Body = SignInShapes.Nothing,
        Answer = (202, typeof(ErasureView)),
        IsCommand = true,
        HasVersion = true,
        Refusals = [ProblemKinds.AccountMerging],
    };

    public static readonly Operation GetErasure = new("getErasure", "How far an erasure is")
    {
        Answer = (200, typeof(ErasureView)),
        Refusals = [ProblemKinds.ErasureUnknown],
    };

    public static readonly Operation CancelErasure = new(
        "cancelErasure", "Take the wish to be forgotten back")
    {
        Answer = (204, null),
        IsCommand = true,
        HasVersion = true,
        Refusals = [ProblemKinds.ErasureUnknown],
    };
}
