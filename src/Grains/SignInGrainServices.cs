using CustomerGrains.Grains.SignIn;
using CustomerGrains.Storage.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerGrains.Grains;

/// <summary>Registers what the grains of sign-in need beside their stores.</summary>
public static class SignInGrainServices
{
    /// <param name="configuration">Section <c>Tokens</c>.</param>
    /// <param name="keysDirectory">Holds <c>signing-keys.json</c>.</param>
    public static IServiceCollection AddSignInGrains(
        this IServiceCollection services, IConfiguration configuration, string keysDirectory)
    {
        services.AddOptions<TokenOptions>().Bind(configuration)
            .Validate(
                o => o.IsValid,
                "Tokens needs an issuer, an audience and a lifetime of 15 minutes at least.")
            .ValidateOnStart();
        return services
            .AddSingleton(sp => SigningKeys.ReadOrCreate(
                keysDirectory, sp.GetRequiredService<TimeProvider>()))
            .AddSingleton<TokenIssuer>()
            .AddSingleton<CustomerDoor>();
    }
}
