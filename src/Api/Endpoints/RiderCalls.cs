using CustomerGrains.Api.Problems;
using CustomerGrains.Api.Replies;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Endpoints;

/// <summary>The way of a rider's calls to the grain of the customer who waits.</summary>
internal sealed class RiderCalls(CustomerCalls calls, OrderOwners owners)
{
    public async Task<IResult> Contact(Guid orderId, HttpContext http)
    {
        var caller = CustomerCalls.CallerOf(http);
        var reply = await owners.Ask(orderId, customer =>
            OrderCalls.Twice(() => customer.GetContact(orderId, caller)));
        return Answer(reply, StatusCodes.Status200OK);
    }

    public async Task<IResult> Acknowledge(Guid orderId, HttpContext http)
    {
        if (CommandHeaders.Read(http.Request, out var headers) is { } badHeader) return badHeader;
        using var body = await RequestBody.Read(http);
        if (OrderCalls.Bind(http, OrderShapes.Acknowledgement, body, out var version)
            is { } badBody)
            return badBody;
        var context = calls.ContextOf(http, headers, body.Bytes.Span);
        var reply = await owners.Ask(orderId, customer => calls.Send(
            context, tried => customer.AcknowledgeContact(orderId, version, tried)));
        return Answer(reply, StatusCodes.Status204NoContent);
    }

    /// <summary>The hottest read: one call of a grain, no object of ours per answer.</summary>
    public async Task Poll(Guid orderId, HttpContext http)
    {
        var rider = CustomerCalls.CallerOf(http).Id;
        byte[]? body = null;
        if (await owners.Find(orderId) is { } customer)
        {
            try
            {
                body = await customer.GetPhoneUpdated(orderId, rider);
            }
            catch (Exception exception) when (
                exception is not TimeoutException && Failures.MayPass(exception))
            {
                body = await customer.GetPhoneUpdated(orderId, rider);
            }

            if (body is null && await owners.FindOther(orderId, customer) is { } owner)
                body = await owner.GetPhoneUpdated(orderId, rider);
        }

        if (body is null) await new Problem(ProblemKinds.NotFound).ExecuteAsync(http);
        else FreshReply.Write(http.Response, StatusCodes.Status200OK, body);
    }

    private static IResult Answer(Reply reply, int status) =>
        reply.Code is ReplyCode.Ok ? new FreshReply(reply, status) : Refusals.Of(reply);
}
