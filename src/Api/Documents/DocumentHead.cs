using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CustomerGrains.Api.Documents;

/// <summary>What the document says once: title, security scheme, the form of problems.</summary>
internal sealed class DocumentHead : IOpenApiDocumentTransformer
{
    public const string SecurityScheme = "bearer";

    public Task TransformAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "CustomerGrains",
            Version = "v1",
            Description =
                "Customers of a delivery platform: sign-in, profile, addresses. Errors are "
                + "application/problem+json (RFC 9457); decide on the member `code`.",
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[SecurityScheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
        };
        return Task.CompletedTask;
    }
}
