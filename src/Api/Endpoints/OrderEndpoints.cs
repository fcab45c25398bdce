using CustomerGrains.Api.Auth;
using CustomerGrains.Api.Documents;

namespace CustomerGrains.Api.Endpoints;

/// <summary>What the order system reports, and what riders ask.</summary>
internal static class OrderEndpoints
{
    public static void MapOrders(this WebApplication app)
    {
        var orders = app.MapGroup("/api/orders")
            .RequireAuthorization(RolePolicies.OrderSystem)
            .NeedsRole("uts")
            .WithTags("Orders");
        orders.MapPost("", (HttpContext http, OrderCalls calls) => calls.Place(http))
            .Documented(OrderOperations.PlaceOrder);
        orders.MapGet("/{id:guid}", (Guid id, OrderCalls calls) => calls.Get(id))
            .Documented(OrderOperations.GetOrder);
        orders.MapPost("/{id:guid}/status", (Guid id, HttpContext http, OrderCalls calls) =>
                calls.Report(id, http))
            .Documented(OrderOperations.ReportOrder);
    }

    public static void MapRider(this WebApplication app)
    {
        var order = app.MapGroup("/api/utd/orders/{id:guid}")
            .RequireAuthorization(RolePolicies.Rider)
            .NeedsRole("utd")
            .WithTags("Rider");
        order.MapGet("/contact", (Guid id, HttpContext http, RiderCalls calls) =>
                calls.Contact(id, http))
            .Documented(OrderOperations.GetContact);
        order.MapGet("/phone-updated", (Guid id, HttpContext http, RiderCalls calls) =>
                calls.Poll(id, http))
            .Documented(OrderOperations.GetPhoneUpdated);
        order.MapPost("/contact/ack", (Guid id, HttpContext http, RiderCalls calls) =>
                calls.Acknowledge(id, http))
            .Documented(OrderOperations.AcknowledgeContact);
    }
}
