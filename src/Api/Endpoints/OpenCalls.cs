using CustomerGrains.Api.Problems;
using CustomerGrains.Api.Requests;

namespace CustomerGrains.Api.Endpoints;

/// <summary>The way of every call that needs no token: read the body, call, answer.</summary>
internal sealed class OpenCalls(IGrainFactory grains)
{
    public async Task<IResult> Run<T>(
        HttpContext http, BodyShape<T> shape, Func<IGrainFactory, T, Task<IResult>> call)
    {
        using var body = await RequestBody.Read(http);
        if (!body.Bytes.IsEmpty && !ContentTypes.AreAccepted(http.Request))
            return new Problem(ProblemKinds.UnsupportedMediaType);
        return BodyBinder.Bind(shape, body.Bytes, out var bound) ?? await call(grains, bound!);
    }
}
