using System.Security.Claims;
using System.Text.Json;
using CustomerGrains.Bench.Shared;
using Dapper;
using Npgsql;

namespace CustomerGrains.Bench.Dapper;

internal static class AddressEndpoints
{
    public static RouteGroupBuilder MapAddresses(this RouteGroupBuilder group)
    {
        group.MapPatch("/addresses/{id:guid}/default", MakeDefault);
        return group;
    }

    private static async Task<IResult> MakeDefault(
        Guid id, ClaimsPrincipal caller, NpgsqlDataSource database, JsonElement body)
    {
        if (!Answers.IsTrue(body, "is_default")) return Results.BadRequest();
        await using var connection = await database.OpenConnectionAsync();
        var addresses = await connection.QueryAsync<AddressRecord>(
            Statements.MakeDefault,
            new { Id = caller.CallerId(), AddressId = id, Now = DateTime.UtcNow });
        return Answers.Addresses(addresses.AsList());
    }
}
