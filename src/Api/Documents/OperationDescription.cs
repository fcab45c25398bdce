using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CustomerGrains.Api.Documents;

/// <summary>Completes one operation of the document from its <see cref="Operation"/>.</summary>
internal sealed class OperationDescription : IOpenApiOperationTransformer
{
    public Task TransformAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<Operation>().LastOrDefault() is not { } described)
            return Task.CompletedTask;
        var role = metadata.OfType<NeededRole>().LastOrDefault()?.Role;
        var document = context.Document
            ?? throw new InvalidOperationException("An operation without its document.");

        operation.Parameters = [.. operation.Parameters ?? [], .. Parameters.Of(described)];
        if (described.Body is { } body)
        {
            var method = context.Description.HttpMethod;
            operation.RequestBody = RequestBodies.Of(described, body, method, document);
        }

        Responses.Complete(operation, described, role, document);
        if (role is not null) RequireToken(operation, document);
        return Task.CompletedTask;
    }

    private static void RequireToken(OpenApiOperation operation, OpenApiDocument document)
    {
        var scheme = new OpenApiSecuritySchemeReference(DocumentHead.SecurityScheme, document);
        operation.Security = [new OpenApiSecurityRequirement { [scheme] = [] }];
    }
}
