using CustomerGrains.Storage.Contacts;
using CustomerGrains.Storage.Courier;
using CustomerGrains.Storage.Links;
using CustomerGrains.Storage.Retention;
using CustomerGrains.Storage.SignIn;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CustomerGrains.Storage;

/// <summary>Registers sign-in and the courier. Needs an <c>NpgsqlDataSource</c> as the role
/// <c>service</c>, and what <see cref="CustomerStorageServices"/> registers.</summary>
public static class SignInStorageServices
{
    public static IServiceCollection AddSignInStorage(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton<ChallengeStore>()
            .AddSingleton<ContactOwners>()
            .AddSingleton<ChangeSecrets>()
            .AddSingleton<SendBudget>()
            .AddSingleton<LinkStore>()
            .AddSingleton<RefreshTokenStore>()
            .AddHostedService<ExpiredRows>()
            .AddSingleton<CourierSignal>()
            .AddSingleton<CourierBacklog>()
            .AddSingleton<CourierWorker>()
            .AddHostedService(provider => provider.GetRequiredService<CourierWorker>());
    }

    /// <summary>Delivers messages into the developer's mailbox.</summary>
    public static IServiceCollection AddMailbox(this IServiceCollection services) => services
        .AddSingleton<Mailbox>()
        .AddSingleton<IMessageSender>(provider => provider.GetRequiredService<Mailbox>());
}
