using System.Net;

namespace CustomerGrains.Api.Tests.Http;

/// <summary>The machine that places orders, and riders beside it.</summary>
internal sealed class OrderSystem
{
    public const string OrdersPath = "/api/orders";

    /// <summary>Of all orders that name no other.</summary>
    public static readonly Guid Branch = new("01990b3c-5a50-7a2b-9d0e-3a1f7b6c2d11");

    private OrderSystem(ApiClient api, string token) => (Api, Token) = (api, token);

    public ApiClient Api { get; }

    public string Token { get; }

    public static async Task<OrderSystem> Create(ApiClient api) =>
        new(api, await api.Token("uts", Guid.NewGuid()));

    /// <summary>The body of a placement that is accepted.</summary>
    public static string Draft(
        Guid customer, Guid? address, Guid? order = null, string more = "", string categories = "") =>
        $$"""
        {"order_id":"{{order ?? Guid.NewGuid()}}","customer_id":"{{customer}}",
         "branch_id":"{{Branch}}",
         "address_id":{{(address is null ? "null" : $"\"{address}\"")}},
         "categories":[{{categories}}],"total":"499.00","placed_at":"2026-01-31T12:00:00Z"{{more}}}
        """;

    public Task<Answer> Place(string draft, string? key = null) =>
        Api.Send(new Call("POST", OrdersPath) { Token = Token, Key = key }.With(draft));

    /// <returns>The id of a new order of a customer.</returns>
    public async Task<Guid> Place(Guid customer, Guid? address)
    {
        var answer = await Place(Draft(customer, address));
        return answer.ShouldBe(HttpStatusCode.Created).Json.GetProperty("order_id").GetGuid();
    }

    public Task<Answer> Get(Guid order) => Api.Get($"{OrdersPath}/{order}", Token);

    public Task<Answer> Report(Guid order, string body, string? key = null) => Api.Send(
        new Call("POST", $"{OrdersPath}/{order}/status") { Token = Token, Key = key }.With(body));

    public Task<Answer> Move(Guid order, string status, Guid? rider = null) => Report(order,
        rider is null
            ? $$"""{"status":"{{status}}"}"""
            : $$"""{"status":"{{status}}","rider_id":"{{rider}}"}""");

    public async Task Deliver(Guid order, Guid? rider = null)
    {
        foreach (var status in (string[])["accepted", "picked_up", "delivered"])
            (await Move(order, status, rider)).ShouldBe(HttpStatusCode.OK);
    }
}

/// <summary>A rider with a token.</summary>
internal sealed record Rider(ApiClient Api, Guid Id, string Token)
{
    public static async Task<Rider> Create(ApiClient api)
    {
        var id = Guid.NewGuid();
        return new Rider(api, id, await api.Token("utd", id));
    }

    public Task<Answer> Contact(Guid order) => Api.Get($"/api/utd/orders/{order}/contact", Token);

    public Task<Answer> Poll(Guid order) =>
        Api.Get($"/api/utd/orders/{order}/phone-updated", Token);

    public Task<Answer> Acknowledge(Guid order, string body = """{"contact_version":0}""") =>
        Api.Post($"/api/utd/orders/{order}/contact/ack", body, Token);
}
