using System.Globalization;
using CustomerGrains.Api.Problems;
using Microsoft.OpenApi;

namespace CustomerGrains.Api.Documents;

/// <summary>Describes every status an operation can answer with.</summary>
internal static class Responses
{
    public static void Complete(
        OpenApiOperation operation, Operation described, string? role, OpenApiDocument document)
    {
        operation.Responses ??= [];
        if (described.HasVersion) AddVersion(operation, described);
        foreach (var status in KindsOf(described, role).Distinct().GroupBy(kind => kind.Status))
        {
            operation.Responses[status.Key.ToString(CultureInfo.InvariantCulture)] =
                new OpenApiResponse
                {
                    Description = string.Join(", ", status.Select(kind => $"`{kind.Code}`")),
                    Headers = HeadersOf(status.Key),
                    Content = new Dictionary<string, OpenApiMediaType>
                    {
                        ["application/problem+json"] = new()
                        {
                            Schema = ProblemSchema.ReferTo(document),
                        },
                    },
                };
        }
    }

    private static IEnumerable<ProblemKind> KindsOf(Operation operation, string? role)
    {
        if (operation.Body is not null)
        {
            yield return ProblemKinds.MalformedBody;
            yield return ProblemKinds.UnknownMember;
            yield return ProblemKinds.ReadOnlyMember;
            yield return ProblemKinds.InvalidMember;
            yield return ProblemKinds.BodyTooLarge;
            yield return ProblemKinds.UnsupportedMediaType;
        }

        if (operation.IsCommand)
        {
            yield return ProblemKinds.InvalidHeader;
            yield return ProblemKinds.VersionMismatch;
            yield return ProblemKinds.IdempotencyKeyReused;
        }

        if (role is not null)
        {
            yield return ProblemKinds.TokenMissing;
            yield return ProblemKinds.TokenInvalid;
            yield return ProblemKinds.RoleForbidden;
        }

        if (role == "utc")
        {
            yield return ProblemKinds.AccountBlocked;
            yield return ProblemKinds.AccountSuspended;
        }

        foreach (var kind in operation.Refusals) yield return kind;
        // Also where no token is needed: one that is sent anyway is counted.
        yield return ProblemKinds.RateLimited;
        yield return ProblemKinds.TargetTooLong;
        yield return ProblemKinds.TooManyHeaders;
        yield return ProblemKinds.TryAgain;
    }

    private static void AddVersion(OpenApiOperation operation, Operation described)
    {
        var status = described.Answer.Status.ToString(CultureInfo.InvariantCulture);
        if (operation.Responses?[status] is OpenApiResponse answer)
        {
            answer.Headers ??= new Dictionary<string, IOpenApiHeader>();
            answer.Headers["ETag"] = Header("The customer's version, quoted.");
            if (described.IsCommand)
                answer.Headers["Idempotent-Replayed"] =
                    Header("true when this is the stored answer of an earlier request.");
        }

        if (!described.IsCommand && operation.Responses is { } all)
            all["304"] = new OpenApiResponse { Description = "Not modified" };
    }

    private static Dictionary<string, IOpenApiHeader>? HeadersOf(int status) => status switch
    {
        401 => new() { ["WWW-Authenticate"] = Header("Bearer") },
        429 => new()
        {
            ["Retry-After"] = Header("Seconds."),
            ["RateLimit-Limit"] = Header("Requests per window."),
            ["RateLimit-Remaining"] = Header("Requests left in this window."),
            ["RateLimit-Reset"] = Header("Seconds until the next request is accepted."),
        },
        503 => new() { ["Retry-After"] = Header("Seconds.") },
        _ => null,
    };

    private static OpenApiHeader Header(string description) => new()
    {
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
