using System.Diagnostics;
using CustomerGrains.Launcher;
using CustomerGrains.Launcher.Postgres;
using CustomerGrains.Storage.Schema;
using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>An operator's commands over the journal, as processes.</summary>
public sealed class FeedCommandTests
{
    [Fact]
    public async Task Commands_WhileItRunsAndAfter_SayWhatTheyFind()
    {
        await using var service = await RunningService.Start();
        using var client = new LoadClient(service.BaseAddress, 1);
        await client.SignUp();
        await using var database = NpgsqlDataSource.Create((await Server(service))
            .ConnectionString(LocalPostgres.Superuser, DatabaseBootstrap.DatabaseName));
        await Eventually.Holds(
            "the sign-up is sealed",
            async () => await Scalar<long>(database, "SELECT sum(row_count) FROM audit_seals") > 0,
            TestContext.Current.CancellationToken);

        var (code, output, _) = await Launch(service, "verify-audit");
        (code, output).ShouldBe((0, "all seals hold: 1 journal rows are as they were sealed"));
        (code, output, _) = await Launch(service, "replay-dead-letters");
        (code, output).ShouldBe((0, "0 dead letters counted, 0 left"));
        (code, _, var refusal) = await Launch(service, "rebase-feed");
        code.ShouldBe(1, "the service runs");
        refusal.ShouldNotBeEmpty();

        await Run(database, "UPDATE customer_event SET events = '[]'");
        (code, _, var found) = await Launch(service, "verify-audit");
        code.ShouldBe(1);
        found.ShouldContain($"customer {client.CustomerId}, sequence 1 ");
        var broken = (await JournalFollower.Verify(service)).GetProperty("first_broken");
        broken.GetProperty("customer_id").GetGuid().ShouldBe(client.CustomerId);
        broken.GetProperty("sequence").GetInt64().ShouldBe(1);

        await service.Stop();
        (code, output, _) = await Launch(service, "rebase-feed");
        (code, output).ShouldBe((0,
            "nothing to do: no position lies ahead of this database's transactions"));
    }

    private static async Task<LocalPostgres> Server(RunningService service) =>
        await LocalPostgres.Start(
            new DataDirectory(service.Data), new(), TextWriter.Null, CancellationToken.None);

    internal static async Task<(int Code, string Output, string Errors)> Launch(
        RunningService service, string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(Installation.Runtime,
            [Installation.Program("Launcher"), command, "--data", service.Data, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        // Never another database than the service's own.
        start.Environment.Remove("ConnectionStrings__Customers");
        start.Environment.Remove("ConnectionStrings__CustomersOwner");
        using var process = Process.Start(start)!;
        var (output, errors) = (
            process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output).Trim(), (await errors).Trim());
    }

    private static async Task<T> Scalar<T>(NpgsqlDataSource database, string statement)
    {
        await using var command = database.CreateCommand(statement);
        return await command.ExecuteScalarAsync() is T value ? value : default!;
    }

    private static async Task Run(NpgsqlDataSource database, string statement)
    {
        await using var command = database.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }
}
