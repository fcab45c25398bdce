using CustomerGrains.Api.Problems;

namespace CustomerGrains.Api.Hosting;

internal static class StartGate
{
    /// <summary>Until the first gateway has answered there are no grains to call: everything but
    /// liveness is told to try again.</summary>
    public static void UseStartGate(this WebApplication app)
    {
        var started = app.Lifetime.ApplicationStarted;
        app.Use((http, next) =>
            started.IsCancellationRequested || http.Request.Path == "/health/live"
                ? next(http)
                : new Problem(ProblemKinds.TryAgain).ExecuteAsync(http));
    }
}
