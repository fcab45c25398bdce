using CustomerGrains.Api.Auth;
using CustomerGrains.Api.Hosting;
using CustomerGrains.Api.Problems;
using CustomerGrains.Api.Replies;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Endpoints;

/// <summary>The way of every call to the caller's own grain: read headers and body, call, answer.
/// </summary>
internal sealed class CustomerCalls(CustomerReferences customers, TimeProvider clock)
{
    public async Task<IResult> Query(
        HttpContext http, Func<ICustomerGrain, Caller, ValueTask<Reply>> query)
    {
        var caller = CallerOf(http);
        var grain = customers.Get(caller.Id);
        Reply reply;
        try
        {
            reply = await query(grain, caller);
        }
        catch (Exception exception) when (
            exception is not TimeoutException && Failures.MayPass(exception))
        {
            // A read has no effect: once more, perhaps through another gateway.
            reply = await query(grain, caller);
        }

        return Answer(reply, StatusCodes.Status200OK);
    }

    /// <param name="command">Also gets a fresh id, for what it may create.</param>
    public async Task<IResult> Command<T>(
        HttpContext http,
        BodyShape<T> shape,
        int status,
        Func<ICustomerGrain, Guid, T, CommandContext, Task<Reply>> command)
    {
        if (CommandHeaders.Read(http.Request, out var headers) is { } badHeader) return badHeader;
        using var body = await RequestBody.Read(http);
        if (!body.Bytes.IsEmpty && !ContentTypes.AreAccepted(http.Request))
            return new Problem(ProblemKinds.UnsupportedMediaType);
        if (BodyBinder.Bind(shape, body.Bytes, out var bound) is { } badBody) return badBody;

        var context = ContextOf(http, headers, body.Bytes.Span);
        var reply = await command(GrainOf(context), NewId(), bound!, context);
        return Answer(reply, status);
    }

    /// <summary>A command without a body.</summary>
    public async Task<IResult> Command(
        HttpContext http, Func<ICustomerGrain, CommandContext, Task<Reply>> command)
    {
        if (CommandHeaders.Read(http.Request, out var headers) is { } badHeader) return badHeader;
        var context = ContextOf(http, headers, body: []);
        var reply = await command(GrainOf(context), context);
        return Answer(reply, StatusCodes.Status204NoContent);
    }

    private static IResult Answer(Reply reply, int status) =>
        reply.Code is ReplyCode.Ok ? new ReplyResult(reply, status) : Refusals.Of(reply);

    internal static Caller CallerOf(HttpContext http) =>
        KnownToken.Of(http)?.Caller
        ?? throw new InvalidOperationException("The route group lacks its policy.");

    /// <param name="customerId">See <see cref="RequestKeys.Make"/>.</param>
    internal CommandContext ContextOf(
        HttpContext http,
        CommandHeaders headers,
        ReadOnlySpan<byte> body,
        Guid? customerId = null)
    {
        var caller = CallerOf(http);
        var key = headers.IdempotencyKey is { } text
            ? RequestKeys.Make(http.Request, caller, text, body, customerId)
            : null;
        return new CommandContext(
            NewId(), caller, headers.IfMatch, key, TraceIds.Of(http),
            RequestTracing.ParentOfGrains);
    }

    private ICustomerGrain GrainOf(CommandContext context) =>
        customers.Get(context.Caller.Id);

    private Guid NewId() => Guid.CreateVersion7(clock.GetUtcNow());
}
