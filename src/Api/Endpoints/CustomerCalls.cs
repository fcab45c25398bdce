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
    /// <summary>In which a silo's caches hear who is gone; nothing beside a request's time limit, so
    /// that few wait here while a silo is away.</summary>
    private static readonly TimeSpan BeforeSecondTry = TimeSpan.FromMilliseconds(200);

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
        var id = NewId();
        return Answer(
            await Send(context, tried => command(GrainOf(tried), id, bound!, tried)), status);
    }

    /// <summary>A command without a body.</summary>
    public async Task<IResult> Command(
        HttpContext http, Func<ICustomerGrain, CommandContext, Task<Reply>> command)
    {
        if (CommandHeaders.Read(http.Request, out var headers) is { } badHeader) return badHeader;
        var context = ContextOf(http, headers, body: []);
        return Answer(
            await Send(context, tried => command(GrainOf(tried), tried)),
            StatusCodes.Status204NoContent);
    }

    /// <summary>A command under a key has one effect and one answer, however often it is sent: when
    /// the call got lost it is sent once more, as the client would. Without a key it may have
    /// happened, and only the client can decide.</summary>
    internal Task<Reply> Send(
        CommandContext context, Func<CommandContext, Task<Reply>> command) =>
        context.Key is null ? command(context) : SendTwice(context, command);

    private async Task<Reply> SendTwice(
        CommandContext context, Func<CommandContext, Task<Reply>> command)
    {
        try
        {
            return await command(context);
        }
        catch (Exception exception) when (Failures.GotLost(exception))
        {
            await Task.Delay(BeforeSecondTry, clock);
            return await command(context with { CommandId = NewId() });
        }
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
