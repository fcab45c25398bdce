using System.Text.Json;
using CustomerGrains.Bench.Shared;

// The limit: HTTP, and HTTP with authentication, answering a profile that never changes.
var builder = PeerHost.Create(args);
var app = builder.BuildPeer();

app.MapGroup("/open").MapConstant();
app.MapGroup("/api/utc").RequireAuthorization(Bearer.Customer).MapConstant();
await app.Serve(() => Task.CompletedTask);

internal static class Constant
{
    private static readonly byte[] Body = JsonSerializer.SerializeToUtf8Bytes(
        ProfileView.Of(SampleCustomers.Number(0)), ProfileJson.Default.ProfileView);

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
