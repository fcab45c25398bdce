using System.Net;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Http;

/// <summary>A link to another account that was asked for, and the codes that came.</summary>
internal sealed record AccountLink(Customer Customer, string Id, string? OwnCode, string OtherCode)
{
    public const string LinksPath = "/api/utc/account-links";

    public string Path => $"{LinksPath}/{Id}";

    public static string BodyOf(string channel, string contact) =>
        $$"""{"channel":"{{channel}}","contact":"{{contact}}"}""";

    public static async Task<AccountLink> Start(Customer customer, string channel, string contact)
    {
        var answer = await customer.Post(LinksPath, BodyOf(channel, contact));
        answer.ShouldBe(HttpStatusCode.Accepted);
        return new AccountLink(
            customer,
            answer.Member("link_id"),
            customer.Contact.Length == 0 ? null : await Code(customer.Api, customer.Contact),
            await Code(customer.Api, contact));
    }

    public Task<Answer> Verify(string? own = null, string? other = null, string? key = null) =>
        Customer.Post($"{Path}/verify", Codes(own ?? OwnCode, other ?? OtherCode), key);

    public static string Codes(string? own, string other) => own is null
        ? $$"""{"other_code":"{{other}}"}"""
        : $$"""{"own_code":"{{own}}","other_code":"{{other}}"}""";

    public static string Wrong(string code) => code == "000000" ? "000001" : "000000";

    public async Task<Answer> Ends(string state)
    {
        Answer? last = null;
        await Eventually.Holds($"the link is {state}", async () =>
        {
            last = await Customer.Get(Path);
            return last.Status == HttpStatusCode.OK && last.Member("state") == state;
        }, TestContext.Current.CancellationToken);
        return last!;
    }

    private static async Task<string> Code(ApiClient api, string contact)
    {
        string? code = null;
        await Eventually.Holds("the code arrives", async () =>
        {
            foreach (var message in await api.Messages(contact))
            {
                if (message.GetProperty("purpose").GetString() != "account_link") continue;
                code = message.GetProperty("code").GetString();
                return true;
            }

            return false;
        }, TestContext.Current.CancellationToken);
        return code.ShouldNotBeNull();
    }
}
