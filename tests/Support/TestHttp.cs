namespace CustomerGrains.Tests.Support;

/// <summary>How tests talk to a service: whatever they say or hear must not be in its logs.
/// </summary>
public static class TestHttp
{
    public static HttpClient Client(Uri service, TimeSpan? timeout = null)
    {
        var client = new HttpClient(
            new CanaryHandler(new SocketsHttpHandler { AllowAutoRedirect = false }))
        {
            BaseAddress = service,
        };
        if (timeout is { } limit) client.Timeout = limit;
        return client;
    }
}
