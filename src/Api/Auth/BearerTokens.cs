using CustomerGrains.Api.Problems;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace CustomerGrains.Api.Auth;

internal static class BearerTokens
{
    public static void AddBearerTokens(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AuthOptions>()
            .BindConfiguration("Auth")
            .ValidateDataAnnotations()
            .Validate(
                auth => auth.HasUsableAuthority(builder.Environment.IsDevelopment()),
                "Auth:Authority must be an https URL.")
            .ValidateOnStart();
        services.AddSingleton<TokenCache>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<TokenHandler>();
        services.AddSingleton<Recognition>();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<AuthOptions>, TokenHandler>(Configure)
            .Configure<IHostEnvironment>((bearer, host) =>
                bearer.RequireHttpsMetadata = !host.IsDevelopment());
        services.AddSingleton<IPolicyEvaluator, RoleEvaluator>();
        services.AddAuthorizationBuilder().AddRolePolicies();
    }

    private static void Configure(
        JwtBearerOptions bearer, IOptions<AuthOptions> options, TokenHandler handler)
    {
        var auth = options.Value;
        bearer.Authority = auth.Authority;
        bearer.MapInboundClaims = false;
        bearer.SaveToken = false;
        bearer.TokenHandlers.Clear();
        bearer.TokenHandlers.Add(handler);
        bearer.Events = new JwtBearerEvents { OnChallenge = Challenge, OnForbidden = Forbid };
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = auth.Authority is null ? auth.Issuer : null,
            ValidAudience = auth.Audience,
            // Pinned: a token cannot choose how it is checked.
            ValidAlgorithms = auth.Authority is null
                ? [SecurityAlgorithms.EcdsaSha256]
                : [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSha256],
            ClockSkew = auth.ClockSkew,
        };
    }

    private static Task Challenge(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        var kind = context.AuthenticateFailure switch
        {
            null => ProblemKinds.TokenMissing,
            var failure when Failures.MayPass(failure) => ProblemKinds.TryAgain,
            _ => ProblemKinds.TokenInvalid,
        };
        return new Problem(kind).ExecuteAsync(context.HttpContext);
    }

    private static Task Forbid(ForbiddenContext context) =>
        new Problem(ProblemKinds.RoleForbidden).ExecuteAsync(context.HttpContext);
}
