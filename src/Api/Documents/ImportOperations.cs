using CustomerGrains.Api.Problems;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Documents;

/// <summary>Operations about imports, as clients read about them.</summary>
internal static class ImportOperations
{
    private static readonly BodyShape<bool> Line = new(
        [
            new("external_id", MemberKind.Text,
                "The other system's id: who was imported under it is not made again.", "\"C-1\"",
                Nullable: true),
            new("name", MemberKind.Text, "As in a profile.", "\"Asha Rao\"", Nullable: true),
            new("phone", MemberKind.Text, "In international form; counts as not proved.",
                "\"+919812345678\"", Nullable: true),
            new("email", MemberKind.Text, "Counts as not proved.", "\"asha@example.com\"",
                Nullable: true),
            new("date_of_birth", MemberKind.Text, "YYYY-MM-DD.", "\"1990-04-17\"",
                Nullable: true),
            new("addresses", MemberKind.Objects,
                "At most 100, as in POST /api/utc/addresses; the first is the default.",
                """[{"line1":"12 Lake Road","city":"Pune","postal_code":"411001"}]""",
                Nullable: true) { Members = AddressShapes.Fields },
        ],
        readOnly: [],
        _ => true);

    public static readonly Operation Start = new("startImport", "Import customers")
    {
        Description =
            "One JSON object on each line, at most 64 KiB each, at most 256 MiB together. Every "
            + "line is a customer of its own and taken or refused by itself; empty lines do not "
            + "count. The answer comes when all lines are kept safely; the service works them off "
            + "by itself, whatever happens to it.",
        Body = Line,
        BodyType = ContentTypes.JsonLines,
        Answer = (202, typeof(ImportView)),
        IsCommand = true,
    };

    public static readonly Operation Get = new("getImport", "How far an import is")
    {
        Description =
            "rows_done counts lines that were created or refused. report holds the first 1000 "
            + "refusals: already-imported, contact-taken, contact-reserved, invalid-member, "
            + "unknown-member, malformed-line, line-too-long. Kept for 30 days.",
        Answer = (200, typeof(ImportProgressView)),
        Refusals = [ProblemKinds.NotFound],
    };
}
