using CustomerGrains.Grains;
using CustomerGrains.Grains.Customers;
using CustomerGrains.Grains.Imports;
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
        builder.Services.AddRounds();
    }

    /// <summary>Look-ups in indexes that are nearly always empty, but for the guests: a round walks
    /// all who are older than the idle time.</summary>
    private static void AddRounds(this IServiceCollection services)
    {
        services.AddRound<DueCommands>(
            "suspensions that are over", TimeSpan.FromSeconds(5), (due, c) => due.EndSuspensions(c));
        services.AddRound<DueCommands>(
            "erasures that are due", TimeSpan.FromSeconds(5), (due, c) => due.Erase(c));
        services.AddRound<DueCommands>(
            "guests who are idle", TimeSpan.FromMinutes(10), (due, c) => due.ForgetGuests(c));
        services.AddRound<Reviews>(
            "the review of customers", TimeSpan.FromSeconds(5), (reviews, c) => reviews.Run(c));
        services.AddRound<RunningImports>(
            "imports that are running", TimeSpan.FromSeconds(1),
            (imports, c) => imports.WorkOff(c));
    }

    private static void AddRound<T>(
        this IServiceCollection services, string what, TimeSpan interval,
        Func<T, CancellationToken, Task> round) where T : notnull =>
        services.AddSingleton<IHostedService>(provider => new Rounds(
            what,
            interval,
            cancellation => round(provider.GetRequiredService<T>(), cancellation),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<Rounds>>()));
}
