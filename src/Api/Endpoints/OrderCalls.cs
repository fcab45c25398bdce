using CustomerGrains.Api.Problems;
using CustomerGrains.Api.Replies;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Endpoints;

/// <summary>The way of the order system's calls to the grain of the customer who ordered.</summary>
internal sealed class OrderCalls(
    CustomerCalls calls, CustomerReferences customers, OrderOwners owners)
{
    public async Task<IResult> Place(HttpContext http)
    {
        if (CommandHeaders.Read(http.Request, out var headers) is { } badHeader) return badHeader;
        using var body = await RequestBody.Read(http);
        if (Bind(http, OrderShapes.Draft, body, out var draft) is { } badBody) return badBody;

        var context = calls.ContextOf(http, headers, body.Bytes.Span, draft!.CustomerId);
        var customer = customers.Get(draft.CustomerId);
        var reply = await calls.Send(
            context, tried => customer.PlaceOrder(draft, tried));
        if (reply.Code is ReplyCode.Ok or ReplyCode.Created) owners.Add(draft.OrderId, customer);
        return Answer(reply);
    }

    public async Task<IResult> Report(Guid orderId, HttpContext http)
    {
        if (CommandHeaders.Read(http.Request, out var headers) is { } badHeader) return badHeader;
        using var body = await RequestBody.Read(http);
        if (Bind(http, OrderShapes.Report, body, out var report) is { } badBody) return badBody;

        var context = calls.ContextOf(http, headers, body.Bytes.Span);
        return Answer(await owners.Ask(
            orderId, customer => calls.Send(
                context, tried => customer.ProgressOrder(orderId, report!, tried))));
    }

    public async Task<IResult> Get(Guid orderId) => Answer(await owners.Ask(
        orderId, customer => Twice(() => customer.GetOrder(orderId))));

    internal static Problem? Bind<T>(
        HttpContext http, BodyShape<T> shape, RequestBody body, out T? bound)
    {
        bound = default;
        return !body.Bytes.IsEmpty && !ContentTypes.AreAccepted(http.Request)
            ? new Problem(ProblemKinds.UnsupportedMediaType)
            : BodyBinder.Bind(shape, body.Bytes, out bound);
    }

    /// <summary>A read has no effect: once more, perhaps through another gateway.</summary>
    internal static async Task<T> Twice<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception exception) when (
            exception is not TimeoutException && Failures.MayPass(exception))
        {
            return await read();
        }
    }

    private static IResult Answer(Reply reply) => reply.Code switch
    {
        ReplyCode.Created => new ReplyResult(reply, StatusCodes.Status201Created),
        ReplyCode.Ok => new ReplyResult(reply, StatusCodes.Status200OK),
        _ => Refusals.Of(reply),
    };
}
