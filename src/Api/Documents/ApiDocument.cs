using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerGrains.Api.Replies;
using CustomerGrains.GrainInterfaces;
using Scalar.AspNetCore;

namespace CustomerGrains.Api.Documents;

internal static class ApiDocument
{
    public static void AddApiDocument(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            var options = json.SerializerOptions;
            options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            options.NumberHandling = JsonNumberHandling.Strict;
            options.TypeInfoResolverChain.Insert(0, ViewJson.Default);
            options.TypeInfoResolverChain.Insert(1, ApiJson.Default);
            options.TypeInfoResolverChain.Insert(2, AuditViewJson.Default);
            options.TypeInfoResolverChain.Insert(3, MergeViewJson.Default);
            options.TypeInfoResolverChain.Insert(4, PrivacyViewJson.Default);
        });
        builder.Services.AddOpenApi("v1", document =>
        {
            document.AddDocumentTransformer<DocumentHead>();
            document.AddOperationTransformer<OperationDescription>();
        });
    }

    /// <summary>The document and a page to try it on; the page's script is served from here.
    /// </summary>
    public static void MapApiDocument(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapScalarApiReference("/docs", page => page
            .WithTitle("CustomerGrains")
            .WithOpenApiRoutePattern("/openapi/v1.json")
            .DisableDefaultFonts()
            .DisableTelemetry()
            .AddPreferredSecuritySchemes(DocumentHead.SecurityScheme))
            .AllowAnonymous();
    }
}
