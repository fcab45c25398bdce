using CustomerGrains.Api.Problems;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Documents;

/// <summary>Operations about orders, riders and what may be ordered, as clients read about
/// them.</summary>
internal static class OrderOperations
{
    public static readonly Operation PlaceOrder = new("placeOrder", "Report a new order")
    {
        Description =
            "Takes an immutable snapshot of the customer. The same order again answers 200 with "
            + "the order as it stands; the id with other content is refused.",
        Body = OrderShapes.Draft,
        Answer = (201, typeof(OrderView)),
        OtherStatus = 200,
        IsCommand = true,
        HasVersion = true,
        Refusals =
        [
            ProblemKinds.AccountBlocked, ProblemKinds.AccountSuspended, ProblemKinds.AgeUnknown,
            ProblemKinds.Underage, ProblemKinds.OrderExists, ProblemKinds.CustomerUnknown,
            ProblemKinds.AddressUnknown, ProblemKinds.ContactMissing, ProblemKinds.OrderLimit,
        ],
    };

    public static readonly Operation GetOrder = new("getOrder", "Read an order")
    {
        Answer = (200, typeof(OrderView)),
        HasVersion = true,
        Refusals = [ProblemKinds.NotFound],
    };

    public static readonly Operation ReportOrder = new("reportOrder", "Report an order's status")
    {
        Description =
            "placed, accepted, picked_up, delivered, each from the one before; cancelled and "
            + "failed from any that has not ended. Repeating the present status answers 200.",
        Body = OrderShapes.Report,
        Answer = (200, typeof(OrderView)),
        IsCommand = true,
        HasVersion = true,
        Refusals = [ProblemKinds.NotFound, ProblemKinds.IllegalTransition],
    };

    public static readonly Operation GetContact = new("getContact", "Whom to call, and where to go")
    {
        Description =
            "For the rider of the order only; every answer is logged. 15 minutes after the end "
            + "phones are masked and the address is null, 24 hours later there is nothing.",
        Answer = (200, typeof(ContactView)),
        Refusals = [ProblemKinds.NotFound],
    };

    public static readonly Operation GetPhoneUpdated = new(
        "getPhoneUpdated", "Has the customer's phone changed")
    {
        Description = "Made for polling.",
        Answer = (200, typeof(PhoneUpdatedView)),
        Refusals = [ProblemKinds.NotFound],
    };

    public static readonly Operation AcknowledgeContact = new(
        "acknowledgeContact", "Acknowledge a contact version")
    {
        Description = "Clears phone_updated if the version is the newest; an older one does not.",
        Body = OrderShapes.Acknowledgement,
        Answer = (204, null),
        IsCommand = true,
        Refusals = [ProblemKinds.NotFound, ProblemKinds.ContactVersionUnknown],
    };

    public static readonly Operation GetEligibility = new(
        "getEligibility", "May the customer order a category")
    {
        Description =
            "Full years at today's date in UTC; a birthday on 29 February is 1 March in common "
            + "years. code is underage, age-unknown or null.",
        Answer = (200, typeof(EligibilityView)),
        Query = [new("category", QueryType.Text, "A lower-case name.", Required: true)],
        Refusals = [ProblemKinds.InvalidMember],
    };
}
