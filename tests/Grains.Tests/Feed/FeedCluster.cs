using System.Security.Cryptography;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Tests.Support;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.TestingHost;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Feed;

/// <summary>Two silos in this process with the journal's streams, by the real clock.</summary>
internal sealed class FeedCluster : IAsyncDisposable
{
    private readonly string _keysDirectory;

    private FeedCluster(InProcessTestCluster cluster, TestDatabase database, string keysDirectory) =>
        (Cluster, Database, _keysDirectory) = (cluster, database, keysDirectory);

    public InProcessTestCluster Cluster { get; }

    public TestDatabase Database { get; }

    public static async Task<FeedCluster> Start(PostgresFixture postgres)
    {
        var database = await postgres.CreateDatabase();
        var keys = Directory.CreateTempSubdirectory("cg-keys-").FullName;
        KeyRing.CreateIfMissing(keys);
        var builder = new InProcessTestClusterBuilder(2);
        // A killed silo is not waited for long: the call is repeated.
        builder.ConfigureClient(client => client.Configure<ClientMessagingOptions>(
            messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(5)));
        builder.ConfigureSilo((_, silo) => silo
            .AddJournalStreams()
            .Configure<SiloMessagingOptions>(
                messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(5)));
        builder.ConfigureSiloHost((_, host) =>
        {
            host.Environment.EnvironmentName = Environments.Production;
            host.Logging.ClearProviders();
            TestSilo.AddServices(
                host.Services, database, keys, TimeProvider.System, Environments.Production);
            host.Services.AddFeedStorage(database.Service);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new FeedCluster(cluster, database, keys);
    }

    /// <summary>New customers, each with so many edits and one report of an app behind its sign-up,
    /// all at once.</summary>
    public Task Live(int customers, int edits) => Task.WhenAll(
        Enumerable.Range(0, customers).Select(async _ =>
        {
            var id = Guid.CreateVersion7();
            var customer = Cluster.Client.GetGrain<ICustomerGrain>(id);
            var birth = Own(id);
            // A birth keeps no answer: whose answer was lost exists.
            await Persist(() => customer.SignUp(null, birth), ReplyCode.CustomerExists);
            for (var i = 0; i < edits; i++)
            {
                var edit = new ProfileEdit
                {
                    Name = Patch<string>.To($"Name {i}"),
                    Gender = Patch<string>.To(i % 2 == 0 ? "male" : "female"),
                };
                var context = Own(id);
                await Persist(() => customer.EditProfile(edit, context));
            }

            var report = Own(id);
            await Persist(() => customer.RecordActivity(Activity(), report));
        }));

    public async Task<(long Rows, long Events)> Journal() => (
        await Database.Query<long>("SELECT count(*) FROM customer_event"),
        await Database.Query<long>(
            "SELECT coalesce(sum(json_array_length(events::json)), 0)::bigint FROM customer_event"));

    public async Task<(long Rows, long Events)> SealedAndCounted() => (
        await Database.Query<long>("SELECT coalesce(sum(row_count), 0)::bigint FROM audit_seals"),
        await Database.Query<long>(
            "SELECT coalesce(sum(events), 0)::bigint FROM service_counters"));

    public async Task EverythingIsSealedAndCounted() => await Eventually.Holds(
        "all rows are sealed and counted",
        async () => await SealedAndCounted() == await Journal(),
        TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Cluster.StopAllSilosAsync();
        await Cluster.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(_keysDirectory, recursive: true);
    }

    /// <summary>Calls until there is an answer: silos come and go.</summary>
    private static async Task Persist(
        Func<Task<Reply>> call, ReplyCode alike = ReplyCode.Ok) => await Eventually.Holds(
        "a command is answered",
        async () =>
        {
            try
            {
                (await call()).Code.ShouldBeOneOf(ReplyCode.Ok, alike);
                return true;
            }
            catch (Exception e) when (e is not ShouldAssertException)
            {
                return false;
            }
        },
        TestContext.Current.CancellationToken);

    /// <summary>A session of 90 seconds and a cart left behind.</summary>
    private static ActivityDraft Activity()
    {
        var now = TimeProvider.System.GetUtcNow();
        return new ActivityDraft(
        [
            new("session_started", $"{now.AddSeconds(-90):O}", "s"),
            new("session_ended", $"{now:O}", "s"),
            new("cart_abandoned", $"{now:O}", "s"),
        ]);
    }

    /// <summary>With a key of its own: a repetition is answered, not carried out.</summary>
    private static CommandContext Own(Guid customer) => new(
        Guid.CreateVersion7(),
        new Caller(
            customer, CallerRole.Customer, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()),
        Key: new RequestKey(
            SHA256.HashData(Guid.CreateVersion7().ToByteArray()), SHA256.HashData([])));
}
