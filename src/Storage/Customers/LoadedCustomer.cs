using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Sealing;

namespace CustomerGrains.Storage.Customers;

/// <summary>A living customer with the key that opens and seals its values.</summary>
public sealed record LoadedCustomer(Customer Customer, DataKey Key);
