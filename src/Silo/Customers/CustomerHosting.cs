using CustomerGrains.Grains;
using CustomerGrains.Grains.Customers;
using CustomerGrains.Silo.Database;
using CustomerGrains.Storage;

namespace CustomerGrains.Silo.Customers;

internal static class CustomerHosting
{
    public static void AddCustomers(this WebApplicationBuilder builder)
    {
        var keysDirectory = builder.Configuration["Keys:Path"];
        if (string.IsNullOrWhiteSpace(keysDirectory))
            throw new InvalidOperationException("Set Keys__Path, or start through the launcher.");

        builder.Services.AddCustomerStorage(
            builder.Configuration.GetConnectionString(DatabaseHosting.ConnectionName)!,
            keysDirectory);
        builder.Services.AddBranchStorage(
            builder.Configuration.GetConnectionString(DatabaseHosting.BranchConnectionName)
            ?? builder.Configuration.GetConnectionString(DatabaseHosting.ConnectionName)!);
        builder.Services.AddFeedStorage(
            builder.Configuration.GetConnectionString(DatabaseHosting.ConnectionName)!);
        builder.Services.AddCustomerGrains(builder.Configuration.GetSection("Customers"));
        // Orleans refuses periods below a minute unless it is told.
        builder.Services.AddOptions<ReminderOptions>().Configure<CustomerOptions>(
            (o, customers) => o.MinimumReminderPeriod = customers.MergeResume);
        builder.Services.AddHostedService<SuspensionTimer>();
        builder.Services.AddHostedService<ReviewTimer>();
        builder.Services.AddHostedService<ImportTimer>();
        builder.Services.AddHostedService<ErasureTimer>();
        builder.Services.AddHostedService<GuestTimer>();
    }
}
