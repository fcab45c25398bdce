using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Courier;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Storage.SignIn;
using CustomerGrains.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Shouldly;

namespace CustomerGrains.Storage.Tests.SignIn;

/// <summary>The stores of sign-in over a database of their own, and a clock that stands still.
/// </summary>
internal sealed class SignInWorld : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly string _keysDirectory;
    private int _phones;

    private SignInWorld(TestDatabase database, string keysDirectory)
    {
        (_database, _keysDirectory) = (database, keysDirectory);
        Time.SetUtcNow(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));
        Keys = KeyRing.Open(keysDirectory, Time);
        Mailbox = new Mailbox(Service, Keys, Time);
    }

    public FakeTimeProvider Time { get; } = new();

    public KeyRing Keys { get; }

    public Mailbox Mailbox { get; }

    public TestDatabase Database => _database;

    public NpgsqlDataSource Service => _database.AsService;

    /// <summary>A store without memory: every use is as after a restart, or on another silo.</summary>
    public ChallengeStore Challenges =>
        new(Service, Keys, new CryptographicRandom(), new CourierSignal(), Time);

    public RefreshTokenStore RefreshTokens => new(Service, new CryptographicRandom(), Time);

    public static async Task<SignInWorld> Create(PostgresFixture postgres)
    {
        var database = await postgres.CreateDatabase();
        var keys = Directory.CreateTempSubdirectory("cg-keys-").FullName;
        KeyRing.CreateIfMissing(keys);
        return new SignInWorld(database, keys);
    }

    public CourierWorker Courier(IMessageSender? sender, CourierOptions? options = null) => new(
        Service,
        Keys,
        new CourierSignal(),
        Options.Create(options ?? new CourierOptions()),
        Time,
        NullLogger<CourierWorker>.Instance,
        sender);

    public Contact NewPhone() => new(
        ContactChannel.Phone, $"+49151{Interlocked.Increment(ref _phones):00000000}");

    /// <summary>Sends a code and reads it from the mailbox.</summary>
    public async Task<(Guid ChallengeId, string Code)> Send(Contact to)
    {
        var started = (await Challenges.Start(to)).ShouldBeOfType<StartOutcome.Started>();
        await Courier(Mailbox).CarryDue(CancellationToken.None);
        var newest = (await Mailbox.Read(to, 1)).ShouldHaveSingleItem();
        return (started.ChallengeId, newest.Message.Code.ShouldNotBeNull());
    }

    /// <summary>Any other code.</summary>
    public static string Wrong(string code) => code == "000000" ? "000001" : "000000";

    /// <summary>A row of <c>users</c>, for what refers to one.</summary>
    public async Task<Guid> NewCustomer()
    {
        var id = Guid.CreateVersion7(Time.GetUtcNow());
        await _database.Execute(
            $"INSERT INTO users (id, version, created_at, updated_at) VALUES ('{id}', 1, now(), now())");
        return id;
    }

    /// <summary>Every row of a table as text, binary columns in hexadecimal.</summary>
    public Task<string> Dump(string table) => _database.Query<string>(
        $"SELECT coalesce(string_agg(t::text, E'\\n'), '') FROM {table} t");

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_keysDirectory, recursive: true);
    }
}
