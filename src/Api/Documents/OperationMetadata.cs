using CustomerGrains.Api.Requests;

namespace CustomerGrains.Api.Documents;

internal static class OperationMetadata
{
    public static RouteHandlerBuilder Documented(
        this RouteHandlerBuilder endpoint, Operation operation)
    {
        endpoint.WithName(operation.Id).WithSummary(operation.Summary).WithMetadata(operation);
        if (operation.Description is { } text) endpoint.WithDescription(text);
        if (operation.OtherStatus is { } other)
            endpoint.Produces(other, operation.Answer.Body, ContentTypes.Json);
        return endpoint.Produces(
            operation.Answer.Status, operation.Answer.Body ?? typeof(void), ContentTypes.Json);
    }

    public static RouteGroupBuilder NeedsRole(this RouteGroupBuilder group, string role) =>
        group.WithMetadata(new NeededRole(role));
}
