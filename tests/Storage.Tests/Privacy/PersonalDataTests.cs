using CustomerGrains.Storage.Privacy;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Privacy;

/// <summary>The list of what is personal against the schema: a new column that nobody thought about
/// fails here.</summary>
public sealed class PersonalDataTests(PostgresFixture postgres)
{
    [Fact]
    public async Task EveryColumn_IsExported_OrItSaysWhyNot()
    {
        await using var database = await postgres.CreateDatabase();
        var expected = new List<string>();
        foreach (var table in PersonalData.Tables)
        {
            if (table.Member is null) expected.Add(table.Name + ".*");
            else expected.AddRange(table.Columns.Select(c => $"{table.Name}.{c.Name}"));
        }

        var whole = PersonalData.Tables.Where(t => t.Member is null).Select(t => t.Name).ToHashSet();
        var found = (await Columns(database))
            .Select(c => whole.Contains(c.Table) ? $"{c.Table}.*" : $"{c.Table}.{c.Column}")
            .Distinct();

        found.ShouldBe(expected, ignoreOrder: true);
    }

    [Fact]
    public async Task EveryStatement_ReadsExactlyTheColumnsThatAreExported()
    {
        await using var database = await postgres.CreateDatabase();
        foreach (var table in PersonalData.Tables.Where(t => t.Member is not null))
        {
            await using var command = database.AsService.CreateCommand(Text(table.Name));
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.NewGuid() });
            await using var reader = await command.ExecuteReaderAsync();
            Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)
                .ShouldBe(table.Exported.Select(c => c.Name), ignoreOrder: true, table.Name);
        }
    }

    [Fact]
    public void EveryReason_IsGiven()
    {
        foreach (var table in PersonalData.Tables)
        {
            (table.Member ?? table.Because).ShouldNotBeNullOrWhiteSpace(table.Name);
            foreach (var column in table.Columns)
                (column.Withheld ?? column.Name).ShouldNotBeNullOrWhiteSpace();
        }
    }

    /// <summary>A column that names a customer makes its table one that has to be thought about.
    /// </summary>
    [Fact]
    public async Task TablesThatKnowNobody_HaveNoColumnOfSomebody()
    {
        await using var database = await postgres.CreateDatabase();
        var nobody = PersonalData.Tables
            .Where(t => t.Because == "Knows no customer.").Select(t => t.Name).ToHashSet();
        (await Columns(database)).Where(c => nobody.Contains(c.Table)).Select(c => c.Column)
            .ShouldNotContain(c => c.Contains("user_id") || c.Contains("customer"));
    }

    private static string Text(string table)
    {
        using var reader = new StreamReader(typeof(PersonalData).Assembly
            .GetManifestResourceStream($"Sql/Privacy/Export/{table}.sql")!);
        return reader.ReadToEnd();
    }

    private static async Task<List<(string Table, string Column)>> Columns(TestDatabase database)
    {
        var found = new List<(string, string)>();
        await using var command = database.AsSuperuser.CreateCommand(
            """
            SELECT c.relname, a.attname
            FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
              AND c.relname !~ '^orleans'
            ORDER BY 1, 2
            """);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) found.Add((reader.GetString(0), reader.GetString(1)));
        return found;
    }
}
