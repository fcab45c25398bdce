using CustomerGrains.Api.Problems;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Documents;

/// <summary>Operations about what the service comes to hold of customers, as clients read about
/// them.</summary>
internal static class StandingOperations
{
    public static readonly Operation Verify = new("verifyCustomer", "Verify a customer")
    {
        Description =
            "Evidence and comment go into the history, where administrators read them. The same "
            + "again changes nothing: to renew the evidence, withdraw and verify anew.",
        Body = VerificationShapes.Draft,
        Answer = (200, typeof(VerificationView)),
        IsCommand = true,
        HasVersion = true,
        Refusals = [ProblemKinds.NotFound],
    };

    public static readonly Operation GetSegments = new(
        "getSegments", "Customers by segment and tier")
    {
        Description =
            "At most ten seconds old. Segments go by the last delivery, the number of orders and "
            + "what was spent: champion, loyal, promising, new, needs-attention, at-risk, "
            + "cannot-lose, hibernating, lost; general has no delivered order. They follow "
            + "deliveries at once and time within an hour or so.",
        Answer = (200, typeof(SegmentList)),
    };
}
