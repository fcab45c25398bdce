using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Search;
using CustomerGrains.Storage.Tests.Customers;
using CustomerGrains.Tests.Support;
using Shouldly;

namespace CustomerGrains.Storage.Tests.Search;

/// <summary>A database of its own with customers to look for.</summary>
internal sealed class SearchHarness : IAsyncDisposable
{
    private readonly CustomerDatabase _database;

    private SearchHarness(StoreHarness store)
    {
        Store = store;
        _database = new CustomerDatabase(store.Database.Service);
        Search = new CustomerSearch(_database, store.Keys);
    }

    public StoreHarness Store { get; }

    public CustomerSearch Search { get; }

    public static async Task<SearchHarness> Create(PostgresFixture postgres) =>
        new(await StoreHarness.Create(postgres));

    public async Task<LoadedCustomer> Import(
        string? name, string? phone = null, string? email = null) =>
        await Store.Commit(
            StoreHarness.Unborn(), new CustomerCommand.Import(name, phone, email, null, []));

    public Task<LoadedCustomer> Rename(LoadedCustomer customer, string? name) =>
        Store.Commit(customer, new CustomerCommand.EditProfile { Name = new(name) });

    /// <summary>What only orders and rules bring about.</summary>
    public Task Profile(LoadedCustomer customer, string columns) => Store.Database.Execute(
        $"UPDATE customer_profiles SET {columns} WHERE user_id = '{customer.Customer.Id}'");

    public async Task<List<Guid>> Find(SearchFilter filter, int limit = 100) =>
        [.. (await Search.Find(filter, null, limit)).Customers.Select(c => c.Id)];

    /// <summary>Everybody, page by page, however short the pages are.</summary>
    public async Task<List<Guid>> Pages(
        SearchFilter filter, int limit, int examinedMax, Func<int, Task>? between = null)
    {
        var found = new List<Guid>();
        SearchPlace? place = null;
        for (var page = 0; page < 10_000; page++)
        {
            var answer = await Search.Find(filter, place, limit, examinedMax);
            answer.Customers.Count.ShouldBeLessThanOrEqualTo(limit);
            found.AddRange(answer.Customers.Select(c => c.Id));
            place = answer.Next;
            if (place is null) return found;
            if (between is not null) await between(page);
        }

        throw new InvalidOperationException("The pages do not end.");
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await Store.DisposeAsync();
    }
}
