using CustomerGrains.Storage.Schema;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Schema;

public sealed class SchemaCheckTests(PostgresFixture postgres)
{
    private static readonly Migration First = new(0, "first", "CREATE TABLE a (id integer);");
    private static readonly Migration Second = new(1, "second", "CREATE TABLE b (id integer);");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Verify_SchemaOfThisVersion_Accepts()
    {
        await using var database = await postgres.CreateDatabase();

        await new SchemaCheck(database.AsService, new()).Verify(Cancellation);
    }

    [Fact]
    public async Task Verify_NeverMigrated_Refuses()
    {
        await using var database = await postgres.CreateEmptyDatabase();

        (await Refusal(database, [First])).ShouldContain("older than this version");
    }

    [Fact]
    public async Task Verify_OlderSchema_RefusesAndNamesBothEnds()
    {
        await using var database = await Migrated([First]);

        var message = await Refusal(database, [First, Second]);

        message.ShouldContain("0000_first");
        message.ShouldContain("0001_second");
    }

    [Fact]
    public async Task Verify_NewerSchema_RefusesAndNamesTheUnknownStep()
    {
        await using var database = await Migrated([First, Second]);

        var message = await Refusal(database, [First]);

        message.ShouldContain("newer than this version");
        message.ShouldContain("0001_second");
    }

    [Fact]
    public async Task Verify_StepWasEdited_Refuses()
    {
        await using var database = await Migrated([First]);
        var edited = First with { Text = First.Text + "-- harmless" };

        (await Refusal(database, [edited])).ShouldContain("0000_first");
    }

    [Fact]
    public async Task Verify_RecordWasTamperedWith_Refuses()
    {
        await using var database = await Migrated([First]);
        await database.Execute("UPDATE schema_migration SET checksum = sha256('other')");

        (await Refusal(database, [First])).ShouldContain("checksums differ");
    }

    [Fact]
    public async Task Verify_SynchronousCommitOff_RefusesUnlessAllowed()
    {
        await using var database = await Migrated([First]);
        await using var hasty = NpgsqlDataSource.Create(
            database.Service + ";Options=-c synchronous_commit=off");

        var refused = await Should.ThrowAsync<SchemaRefusedException>(
            () => new SchemaCheck(hasty, new(), [First]).Verify(Cancellation));
        refused.Message.ShouldContain("synchronous_commit = off");

        var allowed = new SchemaCheckOptions { AllowUnsafeDurability = true };
        await new SchemaCheck(hasty, allowed, [First]).Verify(Cancellation);
    }

    private async Task<TestDatabase> Migrated(Migration[] known)
    {
        var database = await postgres.CreateEmptyDatabase();
        await new SchemaMigrator(database.AsOwner, known).Migrate(Cancellation);
        return database;
    }

    private static async Task<string> Refusal(TestDatabase database, Migration[] known)
    {
        var check = new SchemaCheck(database.AsService, new(), known);
        return (await Should.ThrowAsync<SchemaRefusedException>(
            () => check.Verify(Cancellation))).Message;
    }
}
