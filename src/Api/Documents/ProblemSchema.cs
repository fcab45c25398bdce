using Microsoft.OpenApi;

namespace CustomerGrains.Api.Documents;

/// <summary>The form of every error answer.</summary>
internal static class ProblemSchema
{
    private const string Name = "Problem";

    public static OpenApiSchemaReference ReferTo(OpenApiDocument document)
    {
        if (document.Components?.Schemas?.ContainsKey(Name) != true)
            document.AddComponent<IOpenApiSchema>(Name, Make());
        return new OpenApiSchemaReference(Name, document);
    }

    private static OpenApiSchema Make() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "RFC 9457. Decide on `code`.",
        Required = new HashSet<string> { "type", "title", "status", "code", "detail", "trace_id" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("/problems/ and the code."),
            ["title"] = Text("The same for every occurrence."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["code"] = Text("Stable, kebab-case."),
            ["detail"] = Text("What the client can do."),
            ["trace_id"] = Text("For the operator's logs."),
            ["attempts_left"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Description = "With otp-wrong.",
            },
            ["public_reason"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String | JsonSchemaType.Null,
                Description = "With account-blocked and account-suspended: for the customer.",
            },
            ["active_orders"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Description = "With active-order-conflict: ids of the orders.",
                Items = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
            },
            ["blockers"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Description = "With merge-blocked: what has to end first, and whose it is.",
                Items = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["code"] = Text("Kebab-case."),
                        ["customer_id"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.String | JsonSchemaType.Null, Format = "uuid",
                        },
                    },
                },
            },
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "With 400: member or header name to messages.",
                AdditionalProperties = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Items = new OpenApiSchema { Type = JsonSchemaType.String },
                },
            },
        },
    };

    private static OpenApiSchema Text(string description) =>
        new() { Type = JsonSchemaType.String, Description = description };
}
