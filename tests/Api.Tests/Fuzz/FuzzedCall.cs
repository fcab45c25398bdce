using CustomerGrains.Api.Tests.Http;

namespace CustomerGrains.Api.Tests.Fuzz;

/// <summary>What the answer to a fuzzed request has to be, beyond what the document says.</summary>
internal enum Expected
{
    Anything,

    /// <summary>Its form is right: no 400, 401, 405, 413, 414, 415 or 431.</summary>
    GoodForm,

    /// <summary>400 and nothing else: a body that the document does not allow.</summary>
    BadRequest,

    /// <summary>No success.</summary>
    Refusal,

    /// <summary>401.</summary>
    NoEntry,

    /// <summary>403.</summary>
    WrongRole,

    /// <summary>405 with <c>Allow</c>.</summary>
    NoSuchMethod,
}

/// <param name="How">What was done to it, for reports.</param>
internal sealed record FuzzedCall(
    FuzzedOperation Operation, Call Call, Expected Expected, string How);
