using System.Security.Claims;
using System.Text.Json;
using CustomerGrains.Bench.Shared;
using Dapper;
using Npgsql;

namespace CustomerGrains.Bench.Dapper;

internal static class ProfileEndpoints
{
    public static RouteGroupBuilder MapProfile(this RouteGroupBuilder group)
    {
        group.MapGet("/profile", Get);
        group.MapPatch("/profile", Edit);
        return group;
    }

    private static async Task<IResult> Get(
        HttpContext http, ClaimsPrincipal caller, NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        var customer = await connection.QuerySingleOrDefaultAsync<CustomerRecord>(
            Statements.GetProfile, new { Id = caller.CallerId() });
        return customer is null ? Results.NotFound() : Answers.Profile(http, customer);
    }

    private static async Task<IResult> Edit(
        HttpContext http, ClaimsPrincipal caller, NpgsqlDataSource database, JsonElement body)
    {
        var patch = ProfilePatchReader.Read(body, out var errors);
        if (errors is not null) return Results.ValidationProblem(errors);
        var edit = new ProfileEdit(caller.CallerId(), patch, Answers.WantedVersion(http));
        if (RequestKey.Of(http, body) is { } key)
            return await KeyedEdit.Apply(http, database, edit, key);

        await using var connection = await database.OpenConnectionAsync();
        return (await connection.QuerySingleOrDefaultAsync<EditedRow>(
            Statements.EditProfile, edit)).Answer(http);
    }
}
