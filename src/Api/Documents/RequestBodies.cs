using System.Text.Json.Nodes;
using CustomerGrains.Api.Requests;
using Microsoft.OpenApi;

namespace CustomerGrains.Api.Documents;

/// <summary>Describes a request body by the same members it is read by.</summary>
internal static class RequestBodies
{
    public static OpenApiRequestBody Of(
        Operation operation, BodyShape shape, string? method, OpenApiDocument document)
    {
        var name = char.ToUpperInvariant(operation.Id[0]) + operation.Id[1..] + "Body";
        document.AddComponent<IOpenApiSchema>(name, SchemaOf(shape));
        var content = new OpenApiMediaType
        {
            Schema = new OpenApiSchemaReference(name, document),
            Example = new JsonObject(shape.Members.Select(
                member => KeyValuePair.Create(member.Name, JsonNode.Parse(member.Example)))),
        };
        var body = new OpenApiRequestBody
        {
            Required = !shape.IsOptional,
            Content = new Dictionary<string, OpenApiMediaType> { [operation.BodyType] = content },
        };
        if (method == HttpMethods.Patch) body.Content[ContentTypes.MergePatch] = content;
        return body;
    }

    private static OpenApiSchema SchemaOf(BodyShape shape) => new()
    {
        Type = JsonSchemaType.Object,
        AdditionalPropertiesAllowed = false,
        Required = shape.Members.Where(member => member.Required)
            .Select(member => member.Name).ToHashSet(),
        Properties = shape.Members.ToDictionary(
            member => member.Name, member => (IOpenApiSchema)SchemaOf(member)),
    };

    private static OpenApiSchema SchemaOf(Member member) => new()
    {
        Type = TypeOf(member.Kind) | (member.Nullable ? JsonSchemaType.Null : 0),
        Description = member.Description,
        Items = member.Kind switch
        {
            MemberKind.Texts => new OpenApiSchema { Type = JsonSchemaType.String },
            MemberKind.Objects => ObjectOf(member),
            _ => null,
        },
        AdditionalProperties = member.Kind switch
        {
            MemberKind.Flags =>
                new OpenApiSchema { Type = JsonSchemaType.Boolean | JsonSchemaType.Null },
            _ => null,
        },
        AdditionalPropertiesAllowed = member.Kind is not MemberKind.Object,
        Properties = member.Kind is MemberKind.Object
            ? member.Members.ToDictionary(
                inner => inner.Name, inner => (IOpenApiSchema)SchemaOf(inner))
            : null,
        Required = member.Kind is MemberKind.Object
            ? member.Members.Where(inner => inner.Required).Select(inner => inner.Name).ToHashSet()
            : null,
    };

    private static OpenApiSchema ObjectOf(Member member) => new()
    {
        Type = JsonSchemaType.Object,
        AdditionalPropertiesAllowed = false,
        Required = member.Members.Where(inner => inner.Required)
            .Select(inner => inner.Name).ToHashSet(),
        Properties = member.Members.ToDictionary(
            inner => inner.Name, inner => (IOpenApiSchema)SchemaOf(inner)),
    };

    private static JsonSchemaType TypeOf(MemberKind kind) => kind switch
    {
        MemberKind.Text => JsonSchemaType.String,
        MemberKind.Number => JsonSchemaType.Number,
        MemberKind.Integer => JsonSchemaType.Integer,
        MemberKind.Flag => JsonSchemaType.Boolean,
        MemberKind.Flags => JsonSchemaType.Object,
        MemberKind.Texts => JsonSchemaType.Array,
        MemberKind.Document => JsonSchemaType.Object,
        MemberKind.Object => JsonSchemaType.Object,
        MemberKind.Objects => JsonSchemaType.Array,
    };
}
