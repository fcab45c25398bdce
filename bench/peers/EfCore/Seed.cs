using CustomerGrains.Bench.Shared;
using Microsoft.EntityFrameworkCore;

namespace CustomerGrains.Bench.EfCore;

internal static class Seed
{
    // Rows per transaction.
    private const int ChunkSize = 1000;

    /// <summary>Makes the tables and the customers, each with the history row of its birth.</summary>
    public static async Task Fill(IServiceProvider services, int customers)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ProfileDb>();
        if (!await db.Database.EnsureCreatedAsync()) return;
        foreach (var chunk in SampleCustomers.Take(customers).Chunk(ChunkSize))
        {
            db.AddRange(chunk.Select(Row));
            db.AddRange(chunk.Select(Birth));
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }

        foreach (var chunk in Enumerable.Range(0, customers).Chunk(ChunkSize))
        {
            db.AddRange(chunk.SelectMany(SampleAddresses.Of));
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }

        foreach (var chunk in SampleOrders.All(customers).Chunk(ChunkSize))
        {
            db.AddRange(chunk.Select(Row));
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }

        await db.Database.ExecuteSqlRawAsync("VACUUM ANALYZE");
    }

    private static UserRow Row(CustomerRecord customer) => new()
    {
        Id = customer.Id,
        Version = customer.Version,
        Name = customer.Name,
        Phone = customer.Phone,
        Email = customer.Email,
        AccountStatus = customer.AccountStatus,
        CreatedAt = customer.CreatedAt,
        UpdatedAt = customer.UpdatedAt,
        Profile = new ProfileRow
        {
            UserId = customer.Id,
            DateOfBirth = customer.DateOfBirth,
            PreferredLanguage = customer.PreferredLanguage,
            NotificationPreferences = customer.NotificationPreferences,
            CustomerTier = customer.CustomerTier,
            CustomerSegment = customer.CustomerSegment,
        },
    };

    private static OrderRow Row(OrderRecord order) => new()
    {
        Id = order.Id,
        CustomerId = order.CustomerId,
        BranchId = SampleOrders.Branch,
        RiderId = order.RiderId,
        Status = "accepted",
        CustomerSnapshot = order.Snapshot,
    };

    private static HistoryRow Birth(CustomerRecord customer) => new()
    {
        CustomerId = customer.Id,
        Sequence = customer.Version,
        ActorId = customer.Id,
        At = customer.CreatedAt,
        Changes = "[]",
    };
}
