using CustomerGrains.Grains.Customers;
using CustomerGrains.Grains.Feed;
using CustomerGrains.Grains.Imports;
using CustomerGrains.Grains.Orders;
using CustomerGrains.Grains.Policies;
using CustomerGrains.Grains.Search;
using CustomerGrains.Storage.Tracing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CustomerGrains.Grains;

/// <summary>Registers what the customers' grains need beside their store.</summary>
public static class CustomerGrainServices
{
    /// <param name="configuration">Section <c>Customers</c>.</param>
    public static IServiceCollection AddCustomerGrains(
        this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<CustomerOptions>().Bind(configuration)
            .Validate(
                o => Domain.CountryCodes.Contains(o.DefaultCountry),
                "Customers:DefaultCountry is not an ISO 3166-1 alpha-2 code.")
            .Validate(
                o => o.HasUsableUndoLink,
                "Customers:UndoLink is not an https address that contains {token}.")
            .Validate(
                o => o.GuestIdleTime >= TimeSpan.FromHours(1),
                "Customers:GuestIdleTime is not an hour at least.")
            .Validate(
                o => o.MergeResume >= TimeSpan.FromSeconds(1)
                    && o.MergeResume <= TimeSpan.FromHours(1),
                "Customers:MergeResume is not between a second and an hour.")
            .Validate(
                o => o.ErasureGrace >= TimeSpan.Zero
                    && o.ErasureGrace <= Domain.Limits.ErasureGraceMax,
                "Customers:ErasureGrace is not between 0 and 28 days.")
            .ValidateOnStart();
        return services
            .AddSingleton(sp => sp.GetRequiredService<IOptions<CustomerOptions>>().Value)
            .AddSingleton<ContactDesk>()
            .AddSingleton<RuleBook>()
            .AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
                sp => sp.GetRequiredService<RuleBook>())
            .AddSingleton<OrderDesk>()
            .AddSingleton<DueCommands>()
            .AddSingleton<Reviews>()
            .AddSingleton<SearchCursor>()
            .AddSingleton<ImportParser>()
            .AddSingleton<ImportWork>()
            .AddSingleton<RunningImports>()
            .AddSingleton(sp => new JournalTracing(
                sp.GetRequiredService<TraceStore>(), sp.GetRequiredService<TimeProvider>()))
            .AddSingleton<ExportDesk>()
            .AddSingleton<KeyMaker>();
    }
}
