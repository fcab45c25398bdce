using System.Security.Claims;
using CustomerGrains.Bench.Shared;
using Dapper;
using Npgsql;

namespace CustomerGrains.Bench.Dapper;

internal static class OrderEndpoints
{
    public static void MapRider(this RouteGroupBuilder group)
    {
        group.MapGet("/orders/{id:guid}/phone-updated", (
            Guid id, ClaimsPrincipal caller, NpgsqlDataSource database) =>
            database.Ask<PollView>(
                Statements.Poll, new { OrderId = id, Rider = caller.CallerId() }));
        group.MapGet("/orders/{id:guid}/contact", (
            Guid id, ClaimsPrincipal caller, NpgsqlDataSource database) =>
            database.Ask<ContactView>(
                Statements.OpenContact,
                new { OrderId = id, Rider = caller.CallerId(), Now = DateTime.UtcNow }));
    }

    public static void MapBranch(this RouteGroupBuilder group) =>
        group.MapGet("/orders/{id:guid}/customer", async (
            Guid id, string? purpose, ClaimsPrincipal caller, NpgsqlDataSource database) =>
            string.IsNullOrEmpty(purpose) || purpose.Length > 200
                ? Results.BadRequest()
                : await database.Ask<BranchView>(
                    Statements.OpenCustomer,
                    new
                    {
                        OrderId = id,
                        Branch = caller.BranchId(),
                        Caller = caller.CallerId(),
                        Purpose = purpose,
                        Now = DateTime.UtcNow,
                    }));

    private static async Task<IResult> Ask<TView>(
        this NpgsqlDataSource database, string sql, object parameters) where TView : class
    {
        await using var connection = await database.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<TView>(sql, parameters) is { } view
            ? Answers.Json(view)
            : Results.NotFound();
    }
}
