using CustomerGrains.Api.Problems;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Documents;

/// <summary>Operations about blocks and suspensions, as clients read about them.</summary>
internal static class BarOperations
{
    public static readonly Operation Block = new("blockCustomer", "Block or suspend a customer")
    {
        Description =
            "Takes effect with the answer, whatever tokens are out, and takes the place of a "
            + "block or suspension before. The customer's calls answer 403 with public_reason; "
            + "orders under way go on. The same again changes nothing.",
        Body = BarShapes.Impose,
        Answer = (200, typeof(BarView)),
        IsCommand = true,
        HasVersion = true,
        Refusals = [ProblemKinds.NotFound],
    };

    public static readonly Operation Unblock = new("unblockCustomer", "Let a customer in again")
    {
        Description = "Ends a block or suspension; without one it changes nothing.",
        Body = BarShapes.Lift,
        Answer = (200, typeof(BarView)),
        IsCommand = true,
        HasVersion = true,
        Refusals = [ProblemKinds.NotFound],
    };
}
