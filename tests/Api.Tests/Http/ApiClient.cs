using System.Net;
using System.Text.Json;
using CustomerGrains.Tests.Support;
using Xunit;

namespace CustomerGrains.Api.Tests.Http;

/// <summary>Sends requests and makes customers. An API change edits this file, not the tests.
/// </summary>
internal sealed class ApiClient(Uri baseAddress, HttpClient? client = null) : IDisposable
{
    private readonly HttpClient http = client ?? TestHttp.Client(baseAddress);

    public Uri BaseAddress => baseAddress;

    /// <summary>For very many requests: nobody looks for what they said in the logs.</summary>
    public static ApiClient WithoutCanaries(Uri baseAddress) => new(
        baseAddress, new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = baseAddress,
        });

    public async Task<Answer> Send(Call call)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var message = call.ToMessage();
        var response = await http.SendAsync(message, cancellation);
        return new Answer(response, await response.Content.ReadAsByteArrayAsync(cancellation));
    }

    public Task<Answer> Get(string path, string? token = null) =>
        Send(new Call("GET", path) { Token = token });

    public Task<Answer> Post(string path, string json, string? token = null) =>
        Send(new Call("POST", path) { Token = token }.With(json));

    /// <summary>A token for anybody, by the development helper.</summary>
    public async Task<string> Token(string role, Guid subject, Guid? branch = null)
    {
        var draft = branch is null
            ? $$"""{"role":"{{role}}","sub":"{{subject}}"}"""
            : $$"""{"role":"{{role}}","sub":"{{subject}}","branch_id":"{{branch}}"}""";
        var answer = await Post("/dev/token", draft);
        return answer.ShouldBe(HttpStatusCode.OK).Member("access_token");
    }

    /// <summary>Signs a new customer up, by default with an email address nobody has.</summary>
    public async Task<Customer> SignUp(string channel = "email", string? contact = null)
    {
        contact ??= Contacts.NewEmail();
        var proof = await Prove(channel, contact);
        var answer = await Post("/api/auth/token", proof);
        return Customer.Of(this, answer.ShouldBe(HttpStatusCode.OK), contact);
    }

    public async Task<Customer> CreateGuest()
    {
        var answer = await Post("/api/auth/guest", "{}");
        return Customer.Of(this, answer.ShouldBe(HttpStatusCode.Created), "");
    }

    /// <summary>Asks for a code and reads it from the mailbox.</summary>
    /// <returns>The body for <c>/api/auth/token</c>.</returns>
    public async Task<string> Prove(string channel, string contact)
    {
        var known = (await Messages(contact)).Length;
        var started = await Post("/api/auth/otp", StartOf(channel, contact));
        var challenge = started.ShouldBe(HttpStatusCode.Accepted).Member("challenge_id");
        var code = await LatestCode(contact, known);
        return $$"""{"challenge_id":"{{challenge}}","code":"{{code}}"}""";
    }

    public async Task<JsonElement[]> Messages(string contact)
    {
        var answer = await Get("/dev/messages?to=" + Uri.EscapeDataString(contact));
        return [.. answer.ShouldBe(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray()];
    }

    /// <summary>The codes a contact was sent, newest first; waits for the first.</summary>
    public async Task<string[]> Codes(string contact)
    {
        await LatestCode(contact);
        return [.. (await Messages(contact)).Select(m => m.GetProperty("code").GetString()!)];
    }

    public static string StartOf(string channel, string contact) =>
        $$"""{"channel":"{{channel}}","contact":"{{contact}}"}""";

    public void Dispose() => http.Dispose();

    /// <param name="known">Messages that were there before.</param>
    private async Task<string> LatestCode(string contact, int known = 0)
    {
        string? code = null;
        await Eventually.Holds("the code arrives", async () =>
        {
            var messages = await Messages(contact);
            if (messages.Length > known) code = messages[0].GetProperty("code").GetString();
            return code is not null;
        }, TestContext.Current.CancellationToken);
        return code!;
    }
}
