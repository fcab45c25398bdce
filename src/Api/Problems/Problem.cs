using System.Collections.Immutable;
using System.Globalization;
using CustomerGrains.GrainInterfaces;
using Microsoft.Net.Http.Headers;

namespace CustomerGrains.Api.Problems;

/// <summary>One refused request: problem JSON (RFC 9457) and the headers that go with it.</summary>
internal sealed class Problem(ProblemKind kind) : IResult
{
    /// <summary>What <c>Retry-After</c> says when nobody knows better.</summary>
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(1);

    public ProblemKind Kind { get; } = kind;

    /// <summary>What is wrong, member by member; left out of the answer when empty.</summary>
    public ImmutableArray<MemberError> Errors { get; init; } = [];

    /// <summary>Tries left with a code; left out when null.</summary>
    public int? AttemptsLeft { get; init; }

    /// <summary>Orders that stand in the way; left out when empty.</summary>
    public ImmutableArray<Guid> ActiveOrders { get; init; } = [];

    /// <summary>What stands in the way of a merge; left out when empty.</summary>
    public ImmutableArray<MergeBlockerView> Blockers { get; init; } = [];

    /// <summary>What a barred customer is told; there, if null, whenever the account is barred.
    /// </summary>
    public string? PublicReason { get; init; }

    public bool IsOfBar =>
        Kind == ProblemKinds.AccountBlocked || Kind == ProblemKinds.AccountSuspended;

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Of the first answer, when this one repeats it; else null.</summary>
    public string? FirstTraceId { get; init; }

    /// <summary>This is the stored answer of an earlier request.</summary>
    public bool IsReplay { get; init; }

    /// <summary>For 429: how many requests one window allows.</summary>
    public int RateLimit { get; init; } = 1;

    public static Problem Of(ProblemKind kind, string member, string message) =>
        new(kind) { Errors = [new MemberError(member, message)] };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Kind.Status;
        response.ContentType = "application/problem+json";
        AddHeaders(response.Headers);
        var body = ProblemJson.Write(this, FirstTraceId ?? TraceIds.Of(httpContext));
        response.ContentLength = body.Length;
        if (HttpMethods.IsHead(httpContext.Request.Method)) return;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    private void AddHeaders(IHeaderDictionary headers)
    {
        if (Kind.Status == StatusCodes.Status401Unauthorized)
        {
            headers.WWWAuthenticate =
                Kind == ProblemKinds.TokenInvalid ? "Bearer error=\"invalid_token\"" : "Bearer";
        }

        if (IsReplay) headers["Idempotent-Replayed"] = "true";
        if (Kind.Status is not (429 or 503)) return;
        var seconds = Math.Ceiling((RetryAfter ?? DefaultRetryAfter).TotalSeconds);
        var wait = Math.Max(1, (long)seconds).ToString(CultureInfo.InvariantCulture);
        headers[HeaderNames.RetryAfter] = wait;
        if (Kind.Status != StatusCodes.Status429TooManyRequests) return;
        headers["RateLimit-Limit"] = RateLimit.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = "0";
        headers["RateLimit-Reset"] = wait;
    }
}
