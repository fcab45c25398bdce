using CustomerGrains.Grains;
using CustomerGrains.Storage;
using CustomerGrains.Storage.Courier.Senders;
using CustomerGrains.Storage.Tokens;

namespace CustomerGrains.Silo.SignIn;

internal static class SignInHosting
{
    /// <summary>After <c>AddCustomers</c>, which checks that there is a keys folder.</summary>
    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddSignInStorage();
        builder.Services.AddSignInGrains(
            builder.Configuration.GetSection(TokenOptions.Section),
            builder.Configuration["Keys:Path"]!);
        builder.Services.AddHealthChecks().AddCheck<CourierCheck>("courier", tags: ["ready"]);
        if (builder.Environment.IsDevelopment()) builder.Services.AddMailbox();
        builder.Services.AddMessageSenders(builder.Configuration.GetSection("Courier"));
    }
}
