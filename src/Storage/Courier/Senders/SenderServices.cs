using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerGrains.Storage.Courier.Senders;

/// <summary>Registers the senders that are configured.</summary>
public static class SenderServices
{
    /// <summary>After <c>AddMailbox</c>, where there is one: it gets what has no sender.</summary>
    /// <param name="configuration">Section <c>Courier</c>: <c>Smtp</c>, <c>Sms</c>.</param>
    public static IServiceCollection AddMessageSenders(
        this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SmtpOptions>().Bind(configuration.GetSection("Smtp"))
            .Validate(
                o => o.IsValid,
                "Courier:Smtp needs port, sender address, timeout, TLS to other machines, and the "
                    + "authority's file where one is named.")
            .ValidateOnStart();
        services.AddOptions<SmsGatewayOptions>().Bind(configuration.GetSection("Sms"))
            .Validate(
                o => o.IsValid,
                "Courier:Sms needs an https URL, a secret of 32 characters and a timeout.")
            .ValidateOnStart();

        var hasSmtp = !string.IsNullOrEmpty(configuration["Smtp:Host"]);
        var hasSms = !string.IsNullOrEmpty(configuration["Sms:Url"]);
        if (!hasSmtp && !hasSms) return services;
        return services
            .AddSingleton<SmtpSender>()
            .AddSingleton<SmsGatewaySender>()
            .AddSingleton<IMessageSender>(sp => new ChannelSender(
                hasSms ? sp.GetRequiredService<SmsGatewaySender>() : null,
                hasSmtp ? sp.GetRequiredService<SmtpSender>() : null,
                sp.GetService<Mailbox>()));
    }
}
