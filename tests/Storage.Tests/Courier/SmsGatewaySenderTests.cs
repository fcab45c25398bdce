using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Domain.SignIn;
using CustomerGrains.Storage.Courier;
using CustomerGrains.Storage.Courier.Senders;
using CustomerGrains.Storage.SignIn;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Courier;

public sealed class SmsGatewaySenderTests
{
    private const string Secret = SmsGateway.Secret;

    private static readonly CourierMessage Message = CourierMessage.WithCode(
        new Contact(ContactChannel.Phone, "+919812345678"), CodePurpose.SignIn, "204816");

    private readonly FakeTimeProvider _time =
        new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_PostsASignedMessage_ThatTheGatewayCanTellApart()
    {
        using var gateway = SmsGateway.Start(out var url);
        using var sender = Sender(url);
        var id = Guid.CreateVersion7();

        var sending = sender.Send(id, Message, Token);
        var (headers, body) = await gateway.Answer(HttpStatusCode.Accepted, Token);
        await sending;

        var sent = JsonDocument.Parse(body).RootElement;
        sent.GetProperty("to").GetString().ShouldBe("+919812345678");
        sent.GetProperty("text").GetString()!.ShouldContain("204816");
        sent.GetProperty("id").GetGuid().ShouldBe(id);
        headers["Idempotency-Key"].ShouldBe(id.ToString());
        var timestamp = headers["X-Timestamp"].ShouldNotBeNull();
        timestamp.ShouldBe($"{_time.GetUtcNow().ToUnixTimeSeconds()}");
        var expected = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}"));
        headers["X-Signature"].ShouldBe("sha256=" + Convert.ToHexStringLower(expected));
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.Redirect)]
    public async Task Send_NotTaken_Throws(HttpStatusCode status)
    {
        using var gateway = SmsGateway.Start(out var url);
        using var sender = Sender(url);

        var sending = sender.Send(Guid.CreateVersion7(), Message, Token);
        await gateway.Answer(status, Token);

        await Should.ThrowAsync<HttpRequestException>(sending);
    }

    [Fact]
    public async Task Send_WithoutAnAnswer_GivesUpInTime()
    {
        using var gateway = SmsGateway.Start(out var url);
        using var sender = Sender(url, TimeSpan.FromMilliseconds(200));
        await Should.ThrowAsync<TaskCanceledException>(
            sender.Send(Guid.CreateVersion7(), Message, Token));
    }

    [Theory]
    [InlineData("https://sms.example.com/send", Secret, true)]
    [InlineData("http://sms.example.com/send", Secret, false)]
    [InlineData("http://127.0.0.1:9/send", Secret, true)]
    [InlineData("https://sms.example.com/send", "short", false)]
    [InlineData(null, "", true)]
    public void Options_WantTlsAndASecret(string? url, string secret, bool valid) =>
        new SmsGatewayOptions { Url = url is null ? null : new Uri(url), Secret = secret }
            .IsValid.ShouldBe(valid);

    private SmsGatewaySender Sender(Uri url, TimeSpan? timeout = null) => new(
        Options.Create(new SmsGatewayOptions
        {
            Url = url,
            Secret = Secret,
            Timeout = timeout ?? TimeSpan.FromSeconds(60),
        }),
        _time);
}
