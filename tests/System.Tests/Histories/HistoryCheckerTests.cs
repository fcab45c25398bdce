using CustomerGrains.Tests.Load.Histories;
using Shouldly;
using Xunit;
using static CustomerGrains.System.Tests.Histories.RecordedHistory;

namespace CustomerGrains.System.Tests.Histories;

/// <summary>The checker finds what it is there for: each planted defect, by its rule.</summary>
public sealed class HistoryCheckerTests
{
    private static readonly (string Name, string Rule, Action<RecordedHistory> Plant)[] Planted =
    [
        ("an acknowledged write is lost", "H1", h =>
        {
            // With all that would tell of it.
            h.Amend(rows => rows.Where(r => r.Xid != 9));
            h.Final = h.Final with
            {
                Customers = [h.Final.Customers[0], h.Final.Customers[1] with { Version = 2 }],
                Seals = [h.Final.Seals[0], new(0, 2, 8, 8, 4, 0)],
                Counters = new Dictionary<string, long> { ["edited"] = 8 },
            };
        }),
        ("what a rider has seen is lost", "H1", h =>
        {
            h.Ask("seen-1", "rider", Ann, OpKind.Acknowledge, "order");
            h.Say("seen-1", 204, version: 1);
        }),
        ("an acknowledged write was overtaken by another", "H1", h =>
            h.Amend(rows => rows.Select(r => r.Xid == 9 ? r with { Scope = "other" } : r))),
        ("a key has two effects", "H2", h => h.Amend(rows =>
            rows.Append(Row(10, Bob, 4, "bob-2")))),
        ("a key has two answers", "H2", h =>
        {
            h.Ask("bob-1", "bob", Bob, OpKind.Write);
            h.Say("bob-1", 200, version: 2, answer: "b2, but different");
        }),
        ("two commands got one version", "H2", h => h.Amend("bob-2", c => c with { Version = 2 })),
        ("a row that nobody asked for", "H3", h => h.Amend(rows =>
            rows.Append(Row(10, Bob, 4, null)))),
        ("a refused command has an effect", "H3", h =>
        {
            h.Ask("bob-3", "bob", Bob, OpKind.Write);
            h.Say("bob-3", 409);
            h.Amend(rows => rows.Append(Row(10, Bob, 4, "bob-3")));
        }),
        ("a gap in the versions", "H4", h => h.Amend(rows =>
            rows.Select(r => r.Xid == 9 ? r with { Sequence = 4 } : r))),
        ("the write of a fenced silo shows", "H4", h => h.Amend(rows =>
            rows.Append(Row(10, Bob, 3, null)))),
        ("the state is not the journal's", "H4", h => h.Final = h.Final with
        {
            Customers = [h.Final.Customers[0] with { State = "ann at 5" }, h.Final.Customers[1]],
        }),
        ("two commands are swapped", "H5", h =>
        {
            h.Amend("ann-1", c => c with { Version = 3 });
            h.Amend("ann-2", c => c with { Version = 2 });
        }),
        ("a read does not show what was acknowledged", "H5", h =>
            h.Amend("ann-read-2", c => c with { Version = 5 })),
        ("a read shows what nobody wrote", "H5", h =>
            h.Amend("ann-read-1", c => c with { Version = 9 })),
        ("a client's reads go back", "H5", h =>
        {
            h.Ask("ann-read-3", "ann", Ann, OpKind.Read);
            h.Say("ann-read-3", 200, version: 3);
        }),
        ("a rider is told of the old phone", "H5", h =>
            h.Amend("poll-1", c => c with { Version = 0, Flag = false })),
        ("a rider is told that nothing is new, and has not seen it", "H5", h =>
            h.Amend("poll-1", c => c with { Flag = false })),
        ("a row is not sealed", "H6", h => h.Final = h.Final with
        {
            Seals = [h.Final.Seals[0], new(0, 2, 8, 8, 4, 0)],
        }),
        ("a row is sealed twice", "H6", h => h.Final = h.Final with
        {
            Seals = [h.Final.Seals[0], new(0, 2, 9, 9, 6, 0)],
        }),
        ("a seal is missing", "H6", h => h.Final = h.Final with { Seals = [h.Final.Seals[1]] }),
        ("a chain is broken", "H6", h => h.Final = h.Final with { ChainsHold = false }),
        ("rows stand out of order", "H6", h => h.Amend(rows => rows.Select(r => r.Xid switch
        {
            2 => r with { Sequence = 3, Scope = "ann-2" },
            3 => r with { Sequence = 2, Scope = "ann-1" },
            _ => r,
        }))),
        ("a read is not in the access log", "H7", h =>
            h.Final = h.Final with { Accesses = [h.Final.Accesses[1]] }),
        ("the access log has a read that nobody made", "H7", h => h.Final = h.Final with
        {
            Accesses = [.. h.Final.Accesses, new("admin", Ann, "ticket 3")],
        }),
        ("metrics are off by one", "H8", h => h.Final = h.Final with
        {
            Counters = new Dictionary<string, long> { ["edited"] = 10 },
        }),
        ("a code serves twice", "H9", h =>
        {
            h.Ask("code-2", "thief", Ann, OpKind.Guess, "change");
            h.Say("code-2", 200, version: 7, answer: "a7");
        }),
        ("a code signs in twice", "H9", h =>
        {
            foreach (var showing in (string[])["sign-in-1", "sign-in-2"])
            {
                h.Ask(showing, "ann", Guid.Empty, OpKind.SignIn, "start");
                h.Say(showing, 200);
            }
        }),
        ("a wrong code was not counted", "H9", h =>
            h.Final = h.Final with { Challenges = [new("change", 0, IsConsumed: true)] }),
        ("a code takes too many tries", "H9", h =>
        {
            for (var n = 2; n < 8; n++)
            {
                h.Ask($"code-{n}", "thief", Ann, OpKind.Guess, "change");
                h.Say($"code-{n}", 422, answer: "wrong");
            }
        }),
        ("a contact has two owners", "H10", h => h.Final = h.Final with
        {
            Customers = [h.Final.Customers[0] with { Contacts = ["phone y"] }, h.Final.Customers[1]],
        }),
        ("a customer has two defaults", "H10", h => h.Final = h.Final with
        {
            Customers = [h.Final.Customers[0] with { Defaults = 2 }, h.Final.Customers[1]],
        }),
        ("a client is never served again", "H11", h => h.Strike("postgres")),
        ("a message is stuck", "H11", h => h.Final = h.Final with { OverdueMessages = 1 }),
        ("a snapshot changed", "H12", h => h.Final = h.Final with
        {
            Snapshots = new Dictionary<string, string> { ["order"] = "another" },
        }),
        ("a server error", "H13", h =>
        {
            h.Ask("bob-3", "bob", Bob, OpKind.Write);
            h.Say("bob-3", 500);
        }),
    ];

    public static TheoryData<string> Names => [.. Planted.Select(p => p.Name)];

    [Fact]
    public void Clean_History_HasNoViolation() => new RecordedHistory().Check().ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public void Planted_Defect_IsFoundAndNamed(string name)
    {
        var (_, rule, plant) = Planted.Single(p => p.Name == name);
        var history = new RecordedHistory();
        plant(history);

        history.Check().Select(v => v.Rule).ShouldContain(rule);
    }

    [Fact]
    public void Every_Rule_HasAPlantedDefect() =>
        Planted.Select(p => p.Rule).Distinct().Count().ShouldBe(13);
}
