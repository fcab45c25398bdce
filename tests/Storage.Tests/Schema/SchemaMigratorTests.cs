using CustomerGrains.Storage.Schema;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Schema;

[Trait("Section", "R12")]
public sealed class SchemaMigratorTests(PostgresFixture postgres)
{
    // Twice applied, it would fail: the table would be there already.
    private static readonly Migration MakesTable =
        new(0, "makes_table", "CREATE TABLE first (id integer PRIMARY KEY);");

    private static readonly Migration CountsRuns =
        new(1, "counts_runs", "INSERT INTO first SELECT count(*) + 1 FROM first;");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrate_EightStartersAtOnce_TakesEachStepOnce()
    {
        await using var database = await postgres.CreateEmptyDatabase();
        Migration[] known = [MakesTable, CountsRuns];

        var starters = Enumerable.Range(0, 8).Select(_ => Start(database, known));
        var taken = await Task.WhenAll(starters);

        taken.SelectMany(steps => steps).ShouldBe(known, ignoreOrder: true);
        (await database.Query<long>("SELECT count(*) FROM first")).ShouldBe(1);
        (await database.Query<long>("SELECT count(*) FROM schema_migration")).ShouldBe(2);
    }

    [Fact]
    public async Task Migrate_SecondTime_TakesNothing()
    {
        await using var database = await postgres.CreateDatabase();

        var taken = await new SchemaMigrator(database.AsOwner).Migrate(Cancellation);

        taken.ShouldBeEmpty();
    }

    [Fact]
    public async Task Migrate_NewStep_TakesOnlyThat()
    {
        await using var database = await postgres.CreateEmptyDatabase();
        await Start(database, [MakesTable]);

        var taken = await Start(database, [MakesTable, CountsRuns]);

        taken.ShouldBe([CountsRuns]);
    }

    [Fact]
    public async Task Migrate_StepFailsHalfWay_LeavesNothingOfItAndKeepsTheOnesBefore()
    {
        await using var database = await postgres.CreateEmptyDatabase();
        var breaks = new Migration(1, "breaks",
            "CREATE TABLE second (id integer PRIMARY KEY); SELECT 1 / 0;");

        var failure = await Should.ThrowAsync<SchemaMigrationException>(
            () => Start(database, [MakesTable, breaks]));

        failure.Step.ShouldBe(breaks);
        (await Exists(database, "first")).ShouldBeTrue();
        (await Exists(database, "second")).ShouldBeFalse();
        (await database.Query<int>("SELECT max(number) FROM schema_migration")).ShouldBe(0);
        // The lock was let go, and the repaired step goes through.
        (await Start(database, [MakesTable, CountsRuns])).ShouldBe([CountsRuns]);
    }

    [Fact]
    public async Task Migrate_StepCannotBeRecorded_LeavesNothingOfIt()
    {
        const int NameLengthMax = 100; // constraint schema_migration_name_length
        await using var database = await postgres.CreateEmptyDatabase();
        var unrecordable = MakesTable with { Name = new string('n', NameLengthMax + 1) };

        await Should.ThrowAsync<SchemaMigrationException>(() => Start(database, [unrecordable]));

        (await Exists(database, "first")).ShouldBeFalse();
    }

    [Fact]
    public async Task Migrate_StepWasEditedAfterItLanded_Refuses()
    {
        await using var database = await postgres.CreateEmptyDatabase();
        await Start(database, [MakesTable]);
        var edited = MakesTable with { Text = MakesTable.Text + " " };

        await Should.ThrowAsync<SchemaRefusedException>(() => Start(database, [edited]));
    }

    [Fact]
    public async Task Migrate_StepBeforeOneThatWasTaken_Refuses()
    {
        await using var database = await postgres.CreateEmptyDatabase();
        await Start(database, [MakesTable, CountsRuns with { Number = 2 }]);

        await Should.ThrowAsync<SchemaRefusedException>(
            () => Start(database, [MakesTable, CountsRuns, CountsRuns with { Number = 2 }]));
    }

    [Fact]
    public void Embedded_Numbers_AreDense()
    {
        var numbers = Migration.Embedded.Select(step => step.Number).ToArray();

        numbers.ShouldNotBeEmpty();
        numbers.ShouldBe(Enumerable.Range(0, numbers.Length));
    }

    // A starter of its own: own connections, as another process would have.
    private static async Task<IReadOnlyList<Migration>> Start(
        TestDatabase database, Migration[] known)
    {
        await using var source = NpgsqlDataSource.Create(database.Owner + ";Pooling=false");
        return await new SchemaMigrator(source, known).Migrate(Cancellation);
    }

    private static Task<bool> Exists(TestDatabase database, string table) =>
        database.Query<bool>($"SELECT to_regclass('{table}') IS NOT NULL");
}
