using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace CustomerGrains.Bench.Shared;

/// <summary>The service's way of authentication: ES256 access tokens, each validated once.</summary>
public static class Bearer
{
    /// <summary>Policy of the customer's own endpoints.</summary>
    public const string Customer = "customer";

    /// <summary>Policy of the rider's endpoints.</summary>
    public const string Rider = "rider";

    /// <summary>Policy of the branch desk's endpoints.</summary>
    public const string Branch = "branch";

    /// <summary><c>aud</c> of the tokens.</summary>
    public const string Audience = "customer-grains";

    /// <summary>Needs the setting <c>Issuer</c>: the URL of an OpenID Connect authority.</summary>
    public static void AddBearer(this WebApplicationBuilder builder)
    {
        builder.Services
            .AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer(options =>
            {
                options.Authority = builder.Configuration["Issuer"];
                options.RequireHttpsMetadata = false;
                options.MapInboundClaims = false;
                options.SaveToken = false;
                options.TokenHandlers.Clear();
                options.TokenHandlers.Add(new CachingTokenHandler());
                options.TokenValidationParameters = new TokenValidationParameters
                {
                    ValidAudience = Audience,
                    ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
                };
            });
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(Customer, policy => policy.RequireClaim("role", "utc"))
            .AddPolicy(Rider, policy => policy.RequireClaim("role", "utd"))
            .AddPolicy(Branch, policy => policy.RequireClaim("role", "utb"));
    }

    public static Guid CallerId(this ClaimsPrincipal user) =>
        Guid.Parse(user.FindFirst("sub")!.Value);

    public static Guid BranchId(this ClaimsPrincipal user) =>
        Guid.Parse(user.FindFirst("branch_id")!.Value);
}
