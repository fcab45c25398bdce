using System.Text;

namespace CustomerGrains.Api.Tests.Http;

/// <summary>One HTTP request, before it is sent.</summary>
internal sealed record Call(string Method, string Path)
{
    public string? Token { get; init; }

    public byte[]? Body { get; init; }

    public string? ContentType { get; init; } = "application/json";

    public string? Key { get; init; }

    public string? IfMatch { get; init; }

    public (string Name, string Value)[] Headers { get; init; } = [];

    public Call With(string json) => this with { Body = Encoding.UTF8.GetBytes(json) };

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), Path);
        if (Token is not null)
            message.Headers.TryAddWithoutValidation("Authorization", "Bearer " + Token);
        if (Key is not null) message.Headers.TryAddWithoutValidation("Idempotency-Key", Key);
        if (IfMatch is not null) message.Headers.TryAddWithoutValidation("If-Match", IfMatch);
        foreach (var (name, value) in Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        if (Body is null) return message;
        message.Content = new ByteArrayContent(Body);
        if (ContentType is not null)
            message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        return message;
    }
}
