using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerGrains.Tests.Load.Histories;

/// <summary>What a request means to the checker.</summary>
internal enum OpKind
{
    /// <summary>A command: one journal row when it succeeds.</summary>
    Write,

    /// <summary>A proved change of phone: a write, after which no rider may be without it.
    /// </summary>
    PhoneChange,

    /// <summary>Placement of an order: a write that takes a snapshot.</summary>
    Placement,

    /// <summary>A customer's look at the own profile.</summary>
    Read,

    /// <summary>A look at an order's snapshot.</summary>
    OrderRead,

    /// <summary>A rider's <c>phone-updated</c>.</summary>
    Poll,

    /// <summary>A rider says to have seen the newest phone: one journal row, whose version riders
    /// are not told.</summary>
    Acknowledge,

    /// <summary>A look of staff at personal data.</summary>
    StaffRead,

    /// <summary>A code that is shown.</summary>
    Guess,

    /// <summary>A code that is shown by nobody yet, without a key.</summary>
    SignIn,
}

internal enum Outcome
{
    /// <summary>2xx.</summary>
    Ok,

    /// <summary>A definite refusal.</summary>
    Fail,

    /// <summary>No answer, or 5xx: it may have happened or not.</summary>
    Info,
}

/// <summary>A request before it is sent.</summary>
/// <param name="Op">One intention; its repetitions have the same.</param>
/// <param name="At">Monotonic, in ticks of the writer's clock.</param>
/// <param name="Scope">Of the idempotency key, as it is stored; null without a key.</param>
/// <param name="Subject">The order, the challenge, or the purpose it is about.</param>
internal sealed record Invoke(
    string Op, int Attempt, string Client, Guid Customer, OpKind Kind, long At,
    string? Scope = null, string? Subject = null);

/// <summary>What came back.</summary>
/// <param name="Status">0 without an answer.</param>
/// <param name="Version">The customer's, or of the contact where a rider asked or told.</param>
/// <param name="Answer">Hash of the body.</param>
/// <param name="Flag"><c>phone_updated</c>.</param>
internal sealed record Complete(
    string Op, int Attempt, Outcome Outcome, int Status, long At,
    long? Version = null, string? Answer = null, bool? Flag = null);

/// <summary>Something was killed, paused or cut.</summary>
internal sealed record Fault(string What, long At);

/// <summary>One line of a history file; exactly one member is there.</summary>
internal sealed record HistoryLine(
    Invoke? Invoke = null, Complete? Complete = null, Fault? Fault = null)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    [JsonIgnore]
    public long At => Invoke?.At ?? Complete?.At ?? Fault!.At;

    public static HistoryLine Parse(string line) =>
        JsonSerializer.Deserialize<HistoryLine>(line, Format)!;

    public override string ToString() => JsonSerializer.Serialize(this, Format);
}
