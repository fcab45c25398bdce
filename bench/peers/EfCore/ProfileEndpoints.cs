using System.Security.Claims;
using System.Text.Json;
using CustomerGrains.Bench.Shared;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerGrains.Bench.EfCore;

internal static class ProfileEndpoints
{
    private static readonly Func<ProfileDb, Guid, Task<UserRow?>> Read = EF.CompileAsyncQuery(
        (ProfileDb db, Guid id) => db.Users
            .AsNoTracking().Include(u => u.Profile).FirstOrDefault(u => u.Id == id));

    private static readonly Func<ProfileDb, Guid, Task<UserRow?>> ReadToEdit = EF.CompileAsyncQuery(
        (ProfileDb db, Guid id) => db.Users.Include(u => u.Profile).FirstOrDefault(u => u.Id == id));

    private static readonly Func<ProfileDb, Guid, byte[], Task<ReplyRow?>> FindReply =
        EF.CompileAsyncQuery((ProfileDb db, Guid id, byte[] scope) => db.Replies
            .AsNoTracking().FirstOrDefault(r => r.CustomerId == id && r.Scope == scope));

    public static RouteGroupBuilder MapProfile(this RouteGroupBuilder group)
    {
        group.MapGet("/profile", Get);
        group.MapPatch("/profile", Edit);
        return group;
    }

    private static async Task<IResult> Get(HttpContext http, ClaimsPrincipal caller, ProfileDb db) =>
        await Read(db, caller.CallerId()) is { } user
            ? Answers.Profile(http, user.ToRecord())
            : Results.NotFound();

    private static async Task<IResult> Edit(
        HttpContext http, ClaimsPrincipal caller, ProfileDb db, JsonElement body)
    {
        var patch = ProfilePatchReader.Read(body, out var errors);
        if (errors is not null) return Results.ValidationProblem(errors);
        var id = caller.CallerId();
        var key = RequestKey.Of(http, body);
        if (key is not null && await FindReply(db, id, key.Scope) is { } known)
            return Replay(http, known, key);
        try
        {
            return await Concurrency.Retry(db, () => Apply(patch, http, id, key, db));
        }
        catch (DbUpdateException e) when (key is not null && IsTaken(e))
        {
            return Replay(http, (await FindReply(db, id, key.Scope))!, key);
        }
    }

    private static bool IsTaken(DbUpdateException e) =>
        e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    private static IResult Replay(HttpContext http, ReplyRow reply, RequestKey key)
    {
        if (!key.IsOf(reply.Fingerprint))
            return Results.Problem(statusCode: StatusCodes.Status422UnprocessableEntity);
        http.Response.Headers["Idempotent-Replayed"] = "true";
        return Answers.Rendered(http, reply.Version, reply.Body);
    }

    /// <summary>Three round trips: read, the two statements (with BEGIN), COMMIT. The version is
    /// checked by the update, so that no lock is held while this process thinks.</summary>
    private static async Task<IResult> Apply(
        ProfilePatch patch, HttpContext http, Guid id, RequestKey? key, ProfileDb db)
    {
        if (await ReadToEdit(db, id) is not { } user) return Results.NotFound();
        if (!Answers.IsWanted(http, user.Version))
            return Results.Problem(statusCode: StatusCodes.Status412PreconditionFailed);
        var before = user.ToRecord();
        var after = patch.ApplyTo(before);
        if (after == before) return Answers.Profile(http, before);

        after = after with { Version = before.Version + 1, UpdatedAt = DateTime.UtcNow };
        Adopt(user, after);
        db.History.Add(new HistoryRow
        {
            CustomerId = id,
            Sequence = after.Version,
            ActorId = id,
            At = after.UpdatedAt,
            Changes = Changes.Between(before, after),
        });
        if (key is null)
        {
            await db.SaveChangesAsync();
            return Answers.Profile(http, after);
        }

        var body = Answers.Render(after);
        db.Replies.Add(new ReplyRow
        {
            CustomerId = id,
            Scope = key.Scope,
            Fingerprint = key.Fingerprint,
            Body = body,
            Version = after.Version,
            At = after.UpdatedAt,
        });
        await db.SaveChangesAsync();
        return Answers.Rendered(http, after.Version, body);
    }

    private static void Adopt(UserRow user, CustomerRecord after)
    {
        user.Version = after.Version;
        user.Name = after.Name;
        user.UpdatedAt = after.UpdatedAt;
        user.Profile.Gender = after.Gender;
        user.Profile.DateOfBirth = after.DateOfBirth;
        user.Profile.PreferredLanguage = after.PreferredLanguage;
        user.Profile.NotificationPreferences = after.NotificationPreferences;
    }
}
