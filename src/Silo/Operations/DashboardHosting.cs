using Microsoft.AspNetCore.Authentication;
using Orleans.Dashboard;

namespace CustomerGrains.Silo.Operations;

internal static class DashboardHosting
{
    private const string Policy = "operators";

    public static void AddDashboardLogin(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(
            _ => OperatorCredentials.ReadOrCreate(KeysPath(builder.Configuration)));
        builder.Services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, OperatorLogin>(OperatorLogin.SchemeName, null);
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(Policy, policy => policy
                .AddAuthenticationSchemes(OperatorLogin.SchemeName)
                .RequireAuthenticatedUser());
    }

    /// <summary>Everything is behind the login, scripts and pictures too.</summary>
    public static void MapDashboard(this IEndpointRouteBuilder pages)
    {
        IEndpointConventionBuilder dashboard = pages.MapOrleansDashboard("/dashboard");
        dashboard.RequireAuthorization(Policy).ExcludeFromDescription().Add(WithoutGrainState);
    }

    /// <summary>The dashboard would show the state of any grain, personal data included.</summary>
    private static void WithoutGrainState(EndpointBuilder endpoint)
    {
        if (endpoint is not RouteEndpointBuilder { RoutePattern.RawText: { } route }) return;
        if (!route.EndsWith("/GrainState", StringComparison.OrdinalIgnoreCase)) return;
        endpoint.RequestDelegate = context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        };
    }

    private static string KeysPath(ConfigurationManager configuration) =>
        configuration["Keys:Path"]
        ?? throw new InvalidOperationException(
            "Set Keys__Path to a folder only the service can read.");
}
