using Microsoft.AspNetCore.Authentication;
using Orleans.Dashboard;

namespace CustomerGrains.Silo.Operations;

internal static class DashboardHosting
{
    private const string Policy = "operators";

    /// <summary>Between two points of the dashboard's curves. At its default of one second it takes
    /// a quarter of an idle silo's processor time, whether anybody looks or not.</summary>
    private const int IntervalMs = 10_000;

    /// <summary>What the dashboard would have at work all the time: it passes every call of a grain
    /// through its timing, every line through its log, and reads all meters each second.</summary>
    private static readonly HashSet<Type> AtWork =
    [
        typeof(IHostedService), typeof(ILifecycleParticipant<ISiloLifecycle>),
        typeof(IIncomingGrainCallFilter), typeof(ILoggerProvider),
    ];

    /// <summary>Silos, grains and reminders; with <c>Dashboard__Detailed</c> also the times of each
    /// method and the silo's counters, which <c>/metrics</c> has anyway.</summary>
    /// <remarks>What the details cost: docs/performance.md.</remarks>
    public static ISiloBuilder AddOperatorDashboard(
        this ISiloBuilder orleans, IConfiguration configuration)
    {
        var services = orleans.Services;
        var before = services.Count;
        orleans.AddDashboard(o =>
        {
            o.HideTrace = true;
            o.CounterUpdateIntervalMs = IntervalMs;
        });
        if (configuration.GetValue<bool>("Dashboard:Detailed")) return orleans;
        foreach (var service in services.Skip(before).ToList())
        {
            if (AtWork.Contains(service.ServiceType)) services.Remove(service);
        }

        return orleans;
    }

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
