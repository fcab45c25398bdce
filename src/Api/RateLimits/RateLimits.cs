using System.Diagnostics;
using System.Threading.RateLimiting;
using CustomerGrains.Api.Problems;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace CustomerGrains.Api.RateLimits;

internal static class RateLimits
{
    public static void AddRateLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RateLimitOptions>()
            .BindConfiguration("RateLimits")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddRateLimiter(_ => { });
        builder.Services.AddOptions<RateLimiterOptions>()
            .Configure<IOptions<RateLimitOptions>, IHostEnvironment>(Configure);
        builder.AddTrustedProxies();
    }

    /// <summary>After routing and authentication.</summary>
    public static void UseRateLimits(this WebApplication app)
    {
        app.UseMiddleware<TokenLimit>();
        app.UseRateLimiter();
    }

    private static void Configure(
        RateLimiterOptions limiter, IOptions<RateLimitOptions> options, IHostEnvironment host)
    {
        var limits = options.Value;
        limiter.OnRejected = (rejected, _) => Reject(rejected, limits);

        var perAddress = limits.PerAddress ?? !host.IsDevelopment();
        AddPolicy(limiter, LimitNames.SignInStarts, limits.SignInStartsPerMinute, perAddress);
        AddPolicy(limiter, LimitNames.Guests, limits.GuestsPerMinute, perAddress);
        AddPolicy(limiter, LimitNames.Undos, limits.UndosPerMinute, perAddress);
    }

    private static void AddPolicy(
        RateLimiterOptions limiter, string name, int perMinute, bool isOn) =>
        limiter.AddPolicy(name, http => isOn
            ? AddressLimit.PartitionOf(http, perMinute)
            : RateLimitPartition.GetNoLimiter(""));

    private static async ValueTask Reject(OnRejectedContext rejected, RateLimitOptions limits)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter)
            ? retryAfter
            : (TimeSpan?)null;
        await new Problem(ProblemKinds.RateLimited)
        {
            RetryAfter = wait,
            RateLimit = LimitOf(rejected.HttpContext, limits),
        }.ExecuteAsync(rejected.HttpContext);
    }

    private static int LimitOf(HttpContext http, RateLimitOptions limits) =>
        http.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName switch
        {
            LimitNames.SignInStarts => limits.SignInStartsPerMinute,
            LimitNames.Guests => limits.GuestsPerMinute,
            LimitNames.Undos => limits.UndosPerMinute,
            _ => throw new UnreachableException("An endpoint without a limit was refused."),
        };
}
