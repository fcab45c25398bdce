namespace CustomerGrains.Api.Tests.Http;

/// <summary>An administrator with a token.</summary>
internal sealed record Admin(ApiClient Api, Guid Id, string Token)
{
    public const string Reason = "Payments were disputed.";

    public static async Task<Admin> Create(ApiClient api)
    {
        var id = Guid.NewGuid();
        return new Admin(api, id, await api.Token("uta", id));
    }

    /// <summary>The body of a block or suspension that is accepted.</summary>
    public static string Bar(string kind = "blocked", string scope = "all", string more = "") =>
        $$"""
        {"reason_code":"payment-fraud","comment":"Three chargebacks.",
         "public_reason":"{{Reason}}","kind":"{{kind}}","scope":"{{scope}}"{{more}}}
        """;

    public Task<Answer> Block(
        Guid customer, string? body = null, string? key = null, string? ifMatch = null) =>
        Send(customer, "block", body ?? Bar(), key, ifMatch);

    public Task<Answer> Unblock(
        Guid customer,
        string body = """{"comment":"Settled."}""",
        string? key = null,
        string? ifMatch = null) => Send(customer, "unblock", body, key, ifMatch);

    private Task<Answer> Send(
        Guid customer, string what, string body, string? key, string? ifMatch) =>
        Api.Send(new Call("POST", $"/api/admin/customers/{customer}/{what}")
        {
            Token = Token,
            Key = key,
            IfMatch = ifMatch,
        }.With(body));
}
