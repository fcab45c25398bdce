using CustomerGrains.Api.Problems;
using CustomerGrains.Api.Replies;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Endpoints;

/// <summary>The way of an administrator's commands to the grain of the customer they name.
/// </summary>
internal sealed class AdminCalls(CustomerCalls calls, CustomerReferences customers)
{
    public async Task<IResult> Command<T>(
        Guid customerId,
        HttpContext http,
        BodyShape<T> shape,
        Func<ICustomerGrain, T, CommandContext, Task<Reply>> command,
        int status = StatusCodes.Status200OK)
    {
        if (CommandHeaders.Read(http.Request, out var headers) is { } badHeader) return badHeader;
        using var body = await RequestBody.Read(http);
        if (OrderCalls.Bind(http, shape, body, out var bound) is { } badBody) return badBody;

        var context = calls.ContextOf(http, headers, body.Bytes.Span);
        var reply = await calls.Send(
            context, tried => command(customers.Get(customerId), bound!, tried));
        return reply.Code is ReplyCode.Ok
            ? new ReplyResult(reply, status)
            : Refusals.Of(reply);
    }
}
