using CustomerGrains.Bench.Shared;
using Dapper;
using Npgsql;

namespace CustomerGrains.Bench.Dapper;

/// <summary>An edit under an <c>Idempotency-Key</c>: the answer is kept in the edit's own
/// transaction, three round trips. Keys are new as a rule, so a first answer is looked for only when
/// the primary key says that there is one, or the edit did not fit.</summary>
internal static class KeyedEdit
{
    public static async Task<IResult> Apply(
        HttpContext http, NpgsqlDataSource database, ProfileEdit edit, RequestKey key)
    {
        await using var connection = await database.OpenConnectionAsync();
        try
        {
            await using var transaction = await connection.BeginTransactionAsync();
            var row = await connection.QuerySingleOrDefaultAsync<EditedRow>(
                Statements.EditProfile, edit, transaction);
            if (row is not { IsWanted: true })
            {
                return await Find(connection, edit.Id, key) is { } known
                    ? Replay(http, known, key)
                    : row.Answer(http);
            }

            var body = Answers.Render(row);
            await connection.ExecuteAsync(
                Statements.KeepReply,
                new { edit.Id, key.Scope, key.Fingerprint, Body = body, row.Version, edit.Now },
                transaction);
            await transaction.CommitAsync();
            return Answers.Rendered(http, row.Version, body);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return Replay(http, (await Find(connection, edit.Id, key))!, key);
        }
    }

    private static Task<Reply?> Find(NpgsqlConnection connection, Guid id, RequestKey key) =>
        connection.QuerySingleOrDefaultAsync<Reply>(
            Statements.FindReply, new { Id = id, key.Scope });

    private static IResult Replay(HttpContext http, Reply reply, RequestKey key)
    {
        if (!key.IsOf(reply.Fingerprint))
            return Results.Problem(statusCode: StatusCodes.Status422UnprocessableEntity);
        http.Response.Headers["Idempotent-Replayed"] = "true";
        return Answers.Rendered(http, reply.Version, reply.Body);
    }

    private sealed record Reply(byte[] Fingerprint, byte[] Body, long Version);
}
