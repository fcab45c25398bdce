using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Privacy;
using CustomerGrains.Storage.Retention;
using CustomerGrains.Storage.Tests.Customers;
using CustomerGrains.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Privacy;

public sealed class ExportStoreTests(PostgresFixture postgres) : IAsyncLifetime
{
    private StoreHarness _harness = null!;
    private CustomerDatabase _database = null!;
    private FakeTimeProvider _time = null!;
    private ExportStore _exports = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _harness = await StoreHarness.Create(postgres);
        _database = new CustomerDatabase(_harness.Database.Service);
        _time = new FakeTimeProvider(StoreHarness.Now().AddMinutes(1));
        _exports = new ExportStore(_database, _harness.Keys, _time);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _harness.DisposeAsync();
    }

    [Fact]
    public async Task Export_IsRunningReadyAndExpired_ByTheClock()
    {
        var (customer, id) = await Asked();
        (await _exports.Find(customer.Key, id))!.State.ShouldBe("running");
        (await _exports.FindRecent(customer.Customer.Id)).Running.ShouldBe(id);

        (await Make()).ShouldBe(1);
        (await Make()).ShouldBe(0);
        var ready = (await _exports.Find(customer.Key, id))!;
        ready.State.ShouldBe("ready");
        JsonDocument.Parse(ready.Document).RootElement.GetProperty("identity").GetProperty("name")
            .GetString().ShouldBe("Ann");
        (await _exports.FindRecent(customer.Customer.Id)).Running.ShouldBeNull();

        _time.Advance(ExportStore.Lifetime - TimeSpan.FromMilliseconds(1));
        (await _exports.Find(customer.Key, id))!.State.ShouldBe("ready");
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var over = (await _exports.Find(customer.Key, id))!;
        (over.State, over.Document).ShouldBe(("expired", null));
    }

    [Fact]
    public async Task Export_ThatIsOver_IsWiped_AndLaterForgotten()
    {
        var (customer, id) = await Asked();
        await Make();
        _time.Advance(ExportStore.Lifetime);
        await Expire();
        (await _harness.Database.Query<string>(
            "SELECT state || ' ' || (document IS NULL) FROM privacy_exports"))
            .ShouldBe("expired true");
        _time.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));
        await Expire();
        (await _exports.Find(customer.Key, id)).ShouldBeNull();
    }

    [Fact]
    public async Task Document_AtRest_IsUnderTheCustomersKey()
    {
        var (customer, id) = await Asked();
        await Make();
        var stranger = await _harness.SignUp();

        var row = await _harness.Database.Query<string>(
            "SELECT string_agg(t::text, ' ') FROM privacy_exports t");
        row.ShouldNotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes("Ann")));
        // The two bytes that gzip begins with.
        row.ShouldNotContain("\\x1f8b");
        (await _exports.Find(stranger.Key, id)).ShouldBeNull();
        (await _exports.Find(customer.Key, id)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Export_OfASiloThatDied_IsTakenOverAfterTheLease()
    {
        var (customer, id) = await Asked();
        // What a silo leaves that is killed after it took the export.
        await _harness.Database.Execute(
            "UPDATE privacy_exports SET attempts = 1, next_attempt_at = "
            + $"'{_time.GetUtcNow():O}'::timestamptz + interval '30 seconds'");
        (await Make()).ShouldBe(0);
        _time.Advance(TimeSpan.FromSeconds(30));
        (await Make()).ShouldBe(1);
        (await _exports.Find(customer.Key, id))!.State.ShouldBe("ready");
    }

    [Fact]
    public async Task Export_ByManySilosAtOnce_IsMadeOnceEach()
    {
        var asked = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Asked()));
        var taken = 0;
        while (taken < asked.Length)
            taken += (await Task.WhenAll(Make(), Make(), Make())).Sum();

        taken.ShouldBe(asked.Length);
        foreach (var (customer, id) in asked)
            (await _exports.Find(customer.Key, id))!.State.ShouldBe("ready");
    }

    [Fact]
    public async Task Export_ThatCannotBeMade_IsGivenUp_AndAnotherCanBeAskedFor()
    {
        var (customer, id) = await Asked();
        await _harness.Database.Execute("UPDATE customer_data_keys SET wrapped_key = set_byte(wrapped_key, 40, 0)");
        var failures = 0;
        for (var i = 0; i < 7; i++)
        {
            await _exports.MakeDue(_ => failures++, Stop);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        failures.ShouldBe(5);
        (await _exports.Find(customer.Key, id))!.State.ShouldBe("expired");
        (await _exports.FindRecent(customer.Customer.Id)).Running.ShouldBeNull();
    }

    [Fact]
    public async Task Export_WithValuesThatDoNotOpen_HoldsTheRest()
    {
        var (customer, id) = await Asked();
        await _harness.Database.Execute(
            "UPDATE users SET phone = set_byte(phone, 20, get_byte(phone, 20) # 1); "
            + "UPDATE customer_event SET personal = '\\x00' WHERE sequence = 1; "
            + "UPDATE customer_event SET events = 'damaged' WHERE sequence = 2");
        await Make();

        var document = JsonDocument.Parse((await _exports.Find(customer.Key, id))!.Document)
            .RootElement;
        var identity = document.GetProperty("identity");
        identity.GetProperty("phone").ValueKind.ShouldBe(JsonValueKind.Null);
        identity.GetProperty("name").GetString().ShouldBe("Ann");
        document.GetProperty("history").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task Erased_WhileItIsMade_LeavesNoCopy()
    {
        var (customer, _) = await Asked();
        ImmutableArray<CustomerEvent> erased =
            [new CustomerEvent.Erased(ErasureCause.Requested)];
        var commit = StoreHarness.Wrap(customer, erased, StoreHarness.Now());
        await Task.WhenAll(_harness.Store.Commit(commit), Make(), Make());
        await Make();
        (await _harness.Database.Query<long>("SELECT count(*) FROM privacy_exports")).ShouldBe(0);
    }

    private async Task<(LoadedCustomer Customer, Guid Export)> Asked()
    {
        var phone = $"+4915{Random.Shared.NextInt64(100_000_000, 999_999_999)}";
        var loaded = await _harness.Commit(await _harness.SignUp(phone),
            new CustomerCommand.EditProfile { Name = new("Ann") });
        var id = Guid.CreateVersion7();
        return (await _harness.Commit(
            loaded, new CustomerCommand.RequestExport(id, null, [])), id);
    }

    private Task<int> Make() =>
        _exports.MakeDue(e => throw new InvalidOperationException("It failed.", e), Stop);

    private Task Expire() => new ExpiredRows(
        _database.General, _time, NullLogger<ExpiredRows>.Instance).Remove(Stop);
}
