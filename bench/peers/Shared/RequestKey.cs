using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace CustomerGrains.Bench.Shared;

/// <summary>An <c>Idempotency-Key</c>: what names the request, and what tells it from another under
/// the same name.</summary>
public sealed record RequestKey(byte[] Scope, byte[] Fingerprint)
{
    /// <summary>Null when the request has none.</summary>
    public static RequestKey? Of(HttpContext http, JsonElement body) =>
        http.Request.Headers["Idempotency-Key"] is [{ Length: > 0 and <= 255 } key]
            ? new(
                SHA256.HashData(Encoding.UTF8.GetBytes($"{http.Request.Path}\n{key}")),
                SHA256.HashData(Encoding.UTF8.GetBytes(body.GetRawText())))
            : null;

    public bool IsOf(byte[] fingerprint) => Fingerprint.AsSpan().SequenceEqual(fingerprint);
}
