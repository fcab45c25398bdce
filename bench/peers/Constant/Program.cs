using System.Text.Json;
using CustomerGrains.Bench.Shared;

// The limit: HTTP, and HTTP with authentication, answering a profile that never changes.
var builder = PeerHost.Create(args);
var app = builder.BuildPeer();

app.MapGroup("/open/api/utc").MapConstant();
app.MapGroup("/open/api/utd").MapPoll();
app.MapGroup("/api/utd").RequireAuthorization(Bearer.Rider).MapPoll();
app.MapGroup("/api/utc").RequireAuthorization(Bearer.Customer).MapConstant();
await app.Serve(() => Task.CompletedTask);

internal static class Constant
{
    private static readonly byte[] Body = JsonSerializer.SerializeToUtf8Bytes(
        ProfileView.Of(SampleCustomers.Number(0)), ProfileJson.Default.ProfileView);

    private static readonly byte[] Poll =
        """{"order_id":"01990b3c-5a50-7a2b-9d0e-3a1f7b6c2d11","phone_updated":false,"contact_version":0}"""u8
        .ToArray();

    public static void MapPoll(this RouteGroupBuilder group) => group.MapGet(
        "/orders/{id:guid}/phone-updated",
        (Guid id) => TypedResults.Bytes(Poll, "application/json"));

    public static void MapConstant(this RouteGroupBuilder group)
    {
        group.MapGet("/profile", () => TypedResults.Bytes(Body, "application/json"));
        group.MapPatch("/profile", (JsonElement patch) =>
        {
            ProfilePatchReader.Read(patch, out var errors);
            return errors is null
                ? Results.Bytes(Body, "application/json")
                : Results.ValidationProblem(errors);
        });
    }
}
