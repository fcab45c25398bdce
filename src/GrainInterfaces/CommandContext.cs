namespace CustomerGrains.GrainInterfaces;

/// <summary>What accompanies every command.</summary>
/// <param name="CommandId">UUID v7 made at the edge, one per HTTP request. A call that is repeated
/// because its outcome is unknown carries the same id.</param>
/// <param name="IfMatch">The version the client has seen, from <c>If-Match</c>; null when the
/// client did not say. A stale one is refused with <see cref="ReplyCode.VersionMismatch"/>.</param>
/// <param name="Key">Present when the client sent <c>Idempotency-Key</c>.</param>
/// <param name="TraceId">Of the request; part of a refusal that is kept under the key.</param>
/// <param name="TraceParent">W3C Trace Context of the request's span; null when it is not
/// recorded.</param>
[GenerateSerializer, Immutable, Alias("cg.CommandContext")]
public sealed record CommandContext(
    [property: Id(0)] Guid CommandId,
    [property: Id(1)] Caller Caller,
    [property: Id(2)] long? IfMatch = null,
    [property: Id(3)] RequestKey? Key = null,
    [property: Id(4)] string? TraceId = null,
    [property: Id(5)] string? TraceParent = null);

/// <summary>A client's idempotency key, already scoped and hashed so that nothing personal in it
/// travels or is stored.</summary>
/// <param name="Scope">SHA-256 of caller id, concrete path and key: 32 bytes.</param>
/// <param name="Fingerprint">SHA-256 of method, path, query and body: 32 bytes. A request under
/// the same scope with another fingerprint is refused with
/// <see cref="ReplyCode.IdempotencyKeyReused"/>.</param>
[GenerateSerializer, Immutable, Alias("cg.RequestKey")]
public sealed record RequestKey(
    [property: Id(0)] byte[] Scope,
    [property: Id(1)] byte[] Fingerprint);
