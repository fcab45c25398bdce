using CustomerGrains.Api.Problems;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Documents;

/// <summary>Operations of branches, as clients read about them.</summary>
internal static class BranchOperations
{
    private static readonly QueryParameter Purpose = new(
        "purpose", QueryType.Text, "Why; 1 to 200 characters, shown to the customer.",
        Required: true);

    public static readonly Operation ListOrders = new(
        "listBranchOrders", "List the orders of the own branch")
    {
        Description = "The newest first. Each customer that is listed is told who looked and why.",
        Answer = (200, typeof(BranchOrderList)),
        Query =
        [
            Purpose,
            new("limit", QueryType.Integer, "Items at most."),
            new("cursor", QueryType.Text, "From next_cursor of the page before."),
        ],
        Refusals = [ProblemKinds.PurposeRequired, ProblemKinds.InvalidMember],
    };

    public static readonly Operation GetCustomer = new(
        "getBranchCustomer", "Whom one of the own branch's orders is for")
    {
        Description =
            "Name, phone and address of the order; a phone that changed while the order is under "
            + "way is the new one. The customer is told who looked and why. Another branch's order "
            + "is absent.",
        Answer = (200, typeof(BranchCustomerView)),
        Query = [Purpose],
        Refusals =
        [
            ProblemKinds.NotFound, ProblemKinds.PurposeRequired, ProblemKinds.InvalidMember,
        ],
    };
}
