using CustomerGrains.Bench.Shared;
using Orleans.Concurrency;

namespace CustomerGrains.Bench.StockOrleans;

public interface ICustomerGrain : IGrainWithGuidKey
{
    /// <summary>Null for an absent customer.</summary>
    [ReadOnly]
    ValueTask<CustomerRecord?> Get();

    /// <returns>Null when another version was wanted, or there is no customer.</returns>
    Task<CustomerRecord?> Edit(ProfilePatch patch, string? wantedVersion);

    Task Create(CustomerRecord customer);
}

public sealed class CustomerState
{
    public CustomerRecord? Customer { get; set; }
}

/// <summary>The whole customer is one grain's state, written at each change.</summary>
internal sealed class CustomerGrain(
    [PersistentState("customer", CustomerGrain.Storage)] IPersistentState<CustomerState> state)
    : Grain, ICustomerGrain
{
    public const string Storage = "customers";

    public ValueTask<CustomerRecord?> Get() => ValueTask.FromResult(state.State.Customer);

    public async Task<CustomerRecord?> Edit(ProfilePatch patch, string? wantedVersion)
    {
        if (state.State.Customer is not { } before) return null;
        if (wantedVersion is not null && wantedVersion != $"\"{before.Version}\"") return null;
        var after = patch.ApplyTo(before);
        if (after == before) return before;

        await Write(after with { Version = before.Version + 1, UpdatedAt = DateTime.UtcNow });
        return state.State.Customer;
    }

    public Task Create(CustomerRecord customer) => Write(customer);

    private Task Write(CustomerRecord customer)
    {
        state.State.Customer = customer;
        return state.WriteStateAsync();
    }
}
