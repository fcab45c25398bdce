using CustomerGrains.Api.Auth;
using CustomerGrains.Api.Documents;
using CustomerGrains.Api.Endpoints;
using CustomerGrains.Api.Hosting;
using CustomerGrains.Api.Problems;
using CustomerGrains.Api.RateLimits;

namespace CustomerGrains.Api;

/// <summary>The HTTP front end, for whoever hosts it: a process of its own, which reaches the
/// grains through a gateway, or a silo, which has them at hand. See docs/adr/0007.</summary>
public static class FrontEnd
{
    /// <summary>Registers listeners (section <c>Api</c>) and services; the host brings an
    /// <c>IGrainFactory</c>, metrics and its own operations pages.</summary>
    public static void AddFrontEnd(this WebApplicationBuilder builder)
    {
        builder.AddListeners();
        builder.AddCalls();
        builder.AddBearerTokens();
        builder.AddRateLimits();
        builder.AddApiDocument();
    }

    /// <summary>After whatever serves the operations port: all that is left is public.</summary>
    public static void UseFrontEnd(this WebApplication app)
    {
        app.UseMiddleware<RequestTracing>();
        app.UseProblems();
        app.UseStartGate();
        app.UseMiddleware<RequestSize>();
        app.UseTrustedProxies();
        app.UseRouting();
        app.UseMiddleware<InFlightLimit>();
        Recognition.Use(app);
        app.UseRateLimits();
        app.UseAuthorization();
        app.MapSignIn();
        app.MapCustomer();
        app.MapContactUndo();
        app.MapOrders();
        app.MapRider();
        app.MapPolicies();
        app.MapAudit();
        app.MapCounters();
        app.MapHistory();
        app.MapBars();
        app.MapSearch();
        app.MapImports();
        app.MapMerges();
        app.MapBranch();
        app.MapOperation();
        app.MapDevelopment();
        app.MapApiDocument();
    }
}
