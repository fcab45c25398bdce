using System.Text.Json.Nodes;
using CustomerGrains.Api.Requests;
using Microsoft.OpenApi;

namespace CustomerGrains.Api.Documents;

internal static class Parameters
{
    public static IEnumerable<IOpenApiParameter> Of(Operation operation)
    {
        foreach (var parameter in operation.Query) yield return Query(parameter);
        if (operation.HasVersion && !operation.IsCommand)
            yield return Header("If-None-Match", "Answers 304 while the version is this one.");
        if (!operation.IsCommand) yield break;
        yield return Header("If-Match", "The version the change is meant for, as in ETag, or *.");
        yield return Header(CommandHeaders.IdempotencyKeyName,
            "1 to 255 visible ASCII characters. The same key and request give the first answer "
            + "again, byte for byte, for 24 hours.");
    }

    private static OpenApiParameter Header(string name, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static OpenApiParameter Query(QueryParameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Description,
        Required = parameter.Required,
        Schema = parameter.Type switch
        {
            QueryType.Text => new OpenApiSchema { Type = JsonSchemaType.String },
            QueryType.Number => new OpenApiSchema { Type = JsonSchemaType.Number },
            QueryType.Flag => new OpenApiSchema { Type = JsonSchemaType.Boolean },
            QueryType.Integer => new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Minimum = "1",
                Maximum = $"{Paging.LimitMax}",
                Default = JsonValue.Create(Paging.LimitDefault),
            },
        },
    };
}
