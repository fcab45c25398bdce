using CustomerGrains.Api.Documents;
using CustomerGrains.Api.Hosting;
using CustomerGrains.Api.Problems;
using CustomerGrains.Api.Replies;
using CustomerGrains.GrainInterfaces;
using Microsoft.Extensions.Options;

namespace CustomerGrains.Api.Endpoints;

/// <summary>Health, for whoever supervises this process.</summary>
internal static class OperationEndpoints
{
    public static void MapOperation(this WebApplication app)
    {
        var health = app.MapGroup("/health").AllowAnonymous().WithTags("Operation");
        health.MapGet("/live", IsLive).Documented(Operations.IsLive);
        health.MapGet("/ready", IsReady).Documented(Operations.IsReady);
        app.MapGet("/problems/{code}", ProblemPages.Describe)
            .AllowAnonymous()
            .ExcludeFromDescription();
    }

    private static IResult IsLive(HttpContext http) =>
        Answer.Fresh(http, new HealthView("live"), ApiJson.Default.HealthView);

    private static async Task<IResult> IsReady(
        HttpContext http, IGrainFactory grains, IOptions<ApiOptions> options)
    {
        var reason = await grains.GetGrain<IHealthGrain>(0).Check()
            .WaitAsync(options.Value.ReadyTimeout, http.RequestAborted);
        return reason is null
            ? Answer.Fresh(http, new HealthView("ready"), ApiJson.Default.HealthView)
            : new Problem(ProblemKinds.TryAgain);
    }
}
