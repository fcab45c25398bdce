using System.Security.Claims;
using System.Text.Json;
using CustomerGrains.Bench.Shared;
using Microsoft.EntityFrameworkCore;

namespace CustomerGrains.Bench.EfCore;

internal static class ProfileEndpoints
{
    // A concurrent edit of the same customer makes us read again; more than this is a storm.
    private const int Attempts = 3;

    private static readonly Func<ProfileDb, Guid, Task<UserRow?>> Read = EF.CompileAsyncQuery(
        (ProfileDb db, Guid id) => db.Users
            .AsNoTracking().Include(u => u.Profile).FirstOrDefault(u => u.Id == id));

    private static readonly Func<ProfileDb, Guid, Task<UserRow?>> ReadToEdit = EF.CompileAsyncQuery(
        (ProfileDb db, Guid id) => db.Users.Include(u => u.Profile).FirstOrDefault(u => u.Id == id));

    public static void MapProfile(this RouteGroupBuilder group)
    {
        group.MapGet("/profile", Get);
        group.MapPatch("/profile", Edit);
    }

    private static async Task<IResult> Get(HttpContext http, ClaimsPrincipal caller, ProfileDb db) =>
        await Read(db, caller.CustomerId()) is { } user
            ? Answers.Profile(http, user.ToRecord())
            : Results.NotFound();

    private static async Task<IResult> Edit(
        HttpContext http, ClaimsPrincipal caller, ProfileDb db, JsonElement body)
    {
        var patch = ProfilePatchReader.Read(body, out var errors);
        if (errors is not null) return Results.ValidationProblem(errors);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Apply(patch, http, caller.CustomerId(), db);
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    /// <summary>Three round trips: read, the two statements (with BEGIN), COMMIT. The version is
    /// checked by the update, so that no lock is held while this process thinks.</summary>
    private static async Task<IResult> Apply(
        ProfilePatch patch, HttpContext http, Guid id, ProfileDb db)
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
        await db.SaveChangesAsync();
        return Answers.Profile(http, after);
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
