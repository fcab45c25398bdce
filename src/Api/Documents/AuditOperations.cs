using CustomerGrains.Api.Problems;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Documents;

/// <summary>Operations about what was recorded, as clients read about them.</summary>
internal static class AuditOperations
{
    private static readonly QueryParameter Limit = new(
        "limit", QueryType.Integer, "Items at most.");

    private static readonly QueryParameter Cursor = new(
        "cursor", QueryType.Text, "next_cursor of the page before.");

    private static readonly QueryParameter[] HistoryParameters =
    [
        new("kind", QueryType.Text, "Of events, as in the items."),
        new("from", QueryType.Text, "RFC 3339; included."),
        new("to", QueryType.Text, "RFC 3339; not included."),
        Limit,
        Cursor,
    ];

    public static readonly Operation VerifyAudit = new(
        "verifyAudit", "Recompute the seals over the journal")
    {
        Description = "Rows are sealed within moments of their commit; those that are not yet are "
            + "not looked at. first_broken is the first row that is not what was sealed, or that "
            + "stands where a sealed one is missing.",
        Body = SignInShapes.Nothing,
        Answer = (200, typeof(AuditCheckView)),
    };

    public static readonly Operation GetOwnHistory = new(
        "getOwnHistory", "What happened to the own data")
    {
        Description = "One item for each event, newest first. Phone, email, date of birth, address "
            + "lines and coordinates are masked; actor.id is null unless it was the customer.",
        Answer = (200, typeof(HistoryList)),
        Query = HistoryParameters,
        Refusals = [ProblemKinds.InvalidMember],
    };

    public static readonly Operation GetOwnAccessLog = new(
        "getOwnAccessLog", "Who looked at the own data")
    {
        Description = "Newest first; an entry is there before the data is shown. accessed_by is "
            + "null.",
        Answer = (200, typeof(AccessLogList)),
        Query = [Limit, Cursor],
        Refusals = [ProblemKinds.InvalidMember],
    };

    public static readonly Operation GetHistory = new(
        "getHistory", "What happened to a customer's data")
    {
        Description = "One item for each event, newest first; events of one command share their "
            + "sequence. Phone, email, date of birth, address lines and coordinates are masked. "
            + "sealed says whether the event is under a seal of the audit chain. Every answer is "
            + "logged.",
        Answer = (200, typeof(HistoryList)),
        Query = HistoryParameters,
        Refusals = [ProblemKinds.InvalidMember, ProblemKinds.NotFound],
    };

    public static readonly Operation GetAccessLog = new(
        "getAccessLog", "Who looked at a customer's data")
    {
        Description = "Newest first.",
        Answer = (200, typeof(AccessLogList)),
        Query = [Limit, Cursor],
        Refusals = [ProblemKinds.InvalidMember, ProblemKinds.NotFound],
    };

    public static readonly Operation RecordActivity = new(
        "recordActivity", "Tell of the use of an app")
    {
        Description = "Counted each time it is told: send a key. Of a session, the first start and "
            + "the first end count.",
        Body = ActivityShapes.Draft,
        Answer = (202, typeof(ActivityView)),
        IsCommand = true,
        HasVersion = true,
    };

    public static readonly Operation GetCustomer = new("getCustomer", "Read a customer")
    {
        Description = "Every answer is logged with its purpose. risk goes by the policy of today; negative points speak for the customer.",
        Answer = (200, typeof(StaffCustomerView)),
        Query =
        [
            new("purpose", QueryType.Text, "Why; 1 to 200 characters. The customer sees it."),
        ],
        Refusals = [ProblemKinds.InvalidMember, ProblemKinds.NotFound],
    };

    public static readonly Operation GetCounters = new(
        "getCounters", "Events by day and kind")
    {
        Description = "Days in UTC, newest first; days without events are left out. Counted within "
            + "moments of the commit.",
        Answer = (200, typeof(CounterList)),
        Query =
        [
            new("from", QueryType.Text, "First day, YYYY-MM-DD; default: 30 days up to the last."),
            new("to", QueryType.Text, "Last day, YYYY-MM-DD; default: today. At most 366 days."),
        ],
        Refusals = [ProblemKinds.InvalidMember],
    };
}
