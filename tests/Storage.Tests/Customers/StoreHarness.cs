using System.Collections.Immutable;
using System.Text.Json;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Batching;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Feed;
using CustomerGrains.Storage.Journal;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;

namespace CustomerGrains.Storage.Tests.Customers;

/// <summary>A store on a database of its own, and the shortest way to commit with it.</summary>
internal sealed class StoreHarness : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    private readonly TestDatabase _test;
    private readonly CustomerDatabase _database;
    private readonly string _keysDirectory;

    private StoreHarness(TestDatabase test, string keysDirectory, BatcherOptions options)
    {
        _test = test;
        _keysDirectory = keysDirectory;
        _database = new CustomerDatabase(test.Service);
        Keys = KeyRing.Open(keysDirectory, TimeProvider.System);
        Store = new CustomerStore(
            _database, Keys, options, new FeedSignal(), TimeProvider.System);
    }

    public CustomerStore Store { get; }

    public KeyRing Keys { get; }

    public TestDatabase Database => _test;

    public string KeysDirectory => _keysDirectory;

    public static async Task<StoreHarness> Create(
        PostgresFixture postgres, BatcherOptions? options = null)
    {
        var keys = Directory.CreateTempSubdirectory("cg-keys-").FullName;
        KeyRing.CreateIfMissing(keys);
        return new StoreHarness(
            await postgres.CreateDatabase(), keys, options ?? new BatcherOptions());
    }

    /// <summary>Decides, folds and wraps a command, as a grain does.</summary>
    public static CustomerCommit Prepare(
        LoadedCustomer loaded, CustomerCommand command, StoredReply? reply = null)
    {
        var now = Now();
        var decision = loaded.Customer.Decide(command, now);
        decision.Refusal.ShouldBeNull();
        return Wrap(loaded, decision.Events, now, reply);
    }

    public static CustomerCommit Wrap(
        LoadedCustomer loaded,
        ImmutableArray<CustomerEvent> events,
        DateTimeOffset now,
        StoredReply? reply = null) => new()
    {
        Before = loaded.Customer,
        After = loaded.Customer.After(events, now),
        Events = events,
        CommandId = Guid.CreateVersion7(),
        ActorId = loaded.Customer.Id,
        ActorRole = 1,
        At = now,
        Key = loaded.Key,
        Reply = reply,
    };

    public static LoadedCustomer Unborn()
    {
        var id = Guid.CreateVersion7();
        return new LoadedCustomer(
            Customer.Unborn(id), DataKey.Create(id, new CryptographicRandom()));
    }

    public static string Show(Customer? customer) => JsonSerializer.Serialize(customer, Readable);

    public static DateTimeOffset Now() =>
        DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

    public async Task<LoadedCustomer> SignUp(string? phone = null)
    {
        var unborn = Unborn();
        CustomerCommand birth = phone is null
            ? new CustomerCommand.CreateGuest()
            : new CustomerCommand.SignUp(ContactChannel.Phone, phone);
        return await Commit(unborn, birth);
    }

    public async Task<LoadedCustomer> Commit(LoadedCustomer loaded, CustomerCommand command)
    {
        var commit = Prepare(loaded, command);
        var repeated = false;
        while (true)
        {
            try
            {
                var result = await Store.Commit(commit);
                if (repeated && result == CommitResult.Stale)
                    (await Load(commit.After.Id)).Version.ShouldBe(commit.After.Version);
                else
                    result.ShouldBe(CommitResult.Committed);
                return loaded with { Customer = commit.After };
            }
            catch (CommitUnknownException)
            {
                // What a client does then: the same command once more.
                repeated = true;
            }
        }
    }

    /// <summary>Cuts the writers' connections again and again until it is told to stop.</summary>
    /// <returns>How many were cut.</returns>
    public async Task<int> CutCommits(TimeSpan every, CancellationToken stop)
    {
        await using var admin = NpgsqlDataSource.Create(_test.Superuser);
        var cut = 0;
        while (!stop.IsCancellationRequested)
        {
            await using var command = admin.CreateCommand(
                "SELECT count(pg_terminate_backend(pid))::int FROM pg_stat_activity "
                + "WHERE datname = current_database() AND application_name = 'customer-grains commit'");
            cut += (int)(await command.ExecuteScalarAsync(CancellationToken.None))!;
            await Task.Delay(every, CancellationToken.None);
        }

        return cut;
    }

    public async Task<Customer> Load(Guid id) => (await Store.Load(id)).ShouldNotBeNull().Customer;

    /// <summary>What the journal says a customer is.</summary>
    public async Task<Customer> Fold(LoadedCustomer loaded)
    {
        var customer = Customer.Unborn(loaded.Customer.Id);
        await using var command = _test.AsSuperuser.CreateCommand(
            "SELECT sequence, at, events, personal FROM customer_event WHERE customer_id = $1 ORDER BY sequence");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = customer.Id });
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            reader.GetInt64(0).ShouldBe(customer.Version + 1, "sequences have no gaps");
            var personal = reader.IsDBNull(3)
                ? null
                : loaded.Key.Open(SealedColumn.JournalPersonal, reader.GetFieldValue<byte[]>(3));
            customer = customer.After(
                JournalCodec.Read(reader.GetString(2), personal),
                reader.GetFieldValue<DateTimeOffset>(1));
        }

        return customer;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _database.DisposeAsync();
        await _test.DisposeAsync();
        Directory.Delete(_keysDirectory, recursive: true);
    }
}
