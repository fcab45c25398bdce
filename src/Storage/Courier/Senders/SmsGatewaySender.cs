using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace CustomerGrains.Storage.Courier.Senders;

/// <summary>Hands text messages to a gateway by HTTP.</summary>
/// <remarks>
/// <c>POST</c> of <c>{"id","from","to","text"}</c>, UTF-8. <c>Idempotency-Key</c> is the id: a
/// message that is carried twice is one. <c>X-Signature</c> is <c>sha256=</c> and the hexadecimal
/// HMAC-SHA-256, under the shared secret, of <c>X-Timestamp</c> (Unix seconds), a dot and the body.
/// Any 2xx means that the gateway has it; 400 and 422, that it never will: then it is not sent
/// again. Everything else is.
/// </remarks>
public sealed class SmsGatewaySender : IMessageSender, IDisposable
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly SmsGatewayOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public SmsGatewaySender(IOptions<SmsGatewayOptions> options, TimeProvider time)
    {
        (_options, _time) = (options.Value, time);
        var handler = new SocketsHttpHandler
        {
            // A redirect would take the code elsewhere.
            AllowAutoRedirect = false,
            // The gateway's name may come to mean another machine.
            PooledConnectionLifetime = ConnectionLifetime,
        };
        _http = new HttpClient(handler) { Timeout = _options.Timeout };
    }

    public async Task Send(Guid id, CourierMessage message, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new { id, from = _options.From, to = message.To, text = message.Text });
        var seconds = _time.GetUtcNow().ToUnixTimeSeconds();
        var timestamp = seconds.ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, _options.Url);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType =
            new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
        request.Headers.Add("Idempotency-Key", id.ToString());
        request.Headers.Add("X-Timestamp", timestamp);
        request.Headers.Add("X-Signature", "sha256=" + Sign(timestamp, body));
        using var response = await _http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.StatusCode
            is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity)
            throw new MessageRefusedException((int)response.StatusCode);
        response.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();

    private string Sign(string timestamp, byte[] body) => Convert.ToHexStringLower(
        HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(_options.Secret),
            (byte[])[.. Encoding.ASCII.GetBytes(timestamp + "."), .. body]));
}
