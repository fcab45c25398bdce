using System.Net;
using System.Text.Json;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Http;

/// <summary>A contact change that was asked for, and the code that came.</summary>
internal sealed record ContactChange(Customer Customer, string Id, string NewValue, string Code)
{
    public const string RequestPath = Customer.ProfilePath + "/request-change";
    public const string ResendPath = Customer.ProfilePath + "/resend-change";
    public const string VerifyPath = Customer.ProfilePath + "/verify-change";
    public const string UndoPath = "/api/contact-undo";

    public string CancelPath => $"{Customer.ProfilePath}/changes/{Id}";

    public static string BodyOf(string channel, string newValue, bool isConfirmed = false) =>
        $$"""
        {"channel":"{{channel}}","new_value":"{{newValue}}",
         "confirm_active_order":{{(isConfirmed ? "true" : "false")}}}
        """;

    /// <summary>Asks for the change and reads the code from the mailbox.</summary>
    public static async Task<ContactChange> Request(
        Customer customer, string channel, string newValue, bool isConfirmed = false)
    {
        var answer = await customer.Post(RequestPath, BodyOf(channel, newValue, isConfirmed));
        answer.ShouldBe(HttpStatusCode.Accepted);
        var message = await Newest(customer.Api, newValue, "profile_update");
        return new ContactChange(
            customer, answer.Member("change_id"), newValue, message.GetProperty("code").GetString()!);
    }

    public Task<Answer> Verify(string? code = null, string? key = null, Customer? by = null) =>
        (by ?? Customer).Post(
            VerifyPath, $$"""{"change_id":"{{Id}}","code":"{{code ?? Code}}"}""", key);

    public string WrongCode => Code == "000000" ? "000001" : "000000";

    /// <summary>The newest token that a contact was sent.</summary>
    public static async Task<string> Token(ApiClient api, string contact, int notices)
    {
        string? token = null;
        await Eventually.Holds("the notice arrives", async () =>
        {
            var sent = (await api.Messages(contact))
                .Where(m => m.GetProperty("purpose").GetString() == "notice").ToArray();
            if (sent.Length >= notices) token = sent[0].GetProperty("token").GetString();
            return token is not null;
        }, TestContext.Current.CancellationToken);
        return token!;
    }

    public static Task<Answer> Undo(ApiClient api, string token) =>
        api.Post(UndoPath, $$"""{"token":"{{token}}"}""");

    private static async Task<JsonElement> Newest(ApiClient api, string to, string purpose)
    {
        JsonElement? found = null;
        await Eventually.Holds("the code arrives", async () =>
        {
            foreach (var message in await api.Messages(to))
            {
                if (message.GetProperty("purpose").GetString() != purpose) continue;
                found = message;
                return true;
            }

            return false;
        }, TestContext.Current.CancellationToken);
        return found.ShouldNotBeNull();
    }
}
