using System.Security.Claims;
using System.Text.Json;
using CustomerGrains.Bench.Shared;
using Microsoft.EntityFrameworkCore;

namespace CustomerGrains.Bench.EfCore;

internal static class AddressEndpoints
{
    private static readonly Func<ProfileDb, Guid, Task<UserRow?>> ReadWithAddresses =
        EF.CompileAsyncQuery((ProfileDb db, Guid id) => db.Users
            .Include(u => u.Addresses).FirstOrDefault(u => u.Id == id));

    public static RouteGroupBuilder MapAddresses(this RouteGroupBuilder group)
    {
        group.MapPatch("/addresses/{id:guid}/default", (
            Guid id, ClaimsPrincipal caller, ProfileDb db, JsonElement body) =>
            Answers.IsTrue(body, "is_default")
                ? Concurrency.Retry(db, () => MakeDefault(id, caller.CallerId(), db))
                : Task.FromResult(Results.BadRequest()));
        return group;
    }

    /// <summary>Four round trips: the index allows one default at each moment, so that the old
    /// one has to be gone before the new one is written.</summary>
    private static async Task<IResult> MakeDefault(Guid addressId, Guid id, ProfileDb db)
    {
        if (await ReadWithAddresses(db, id) is not { } user
            || user.Addresses.Find(a => a.Id == addressId) is not { } chosen)
            return Results.NotFound();
        if (!chosen.IsDefault) await Flip(user, chosen, db);
        return Answers.Addresses([.. user.Addresses.OrderBy(a => a.CreatedAt).ThenBy(a => a.Id)]);
    }

    private static async Task Flip(UserRow user, AddressRecord chosen, ProfileDb db)
    {
        var now = DateTime.UtcNow;
        var old = user.Addresses.Find(a => a.IsDefault);
        await using var transaction = await db.Database.BeginTransactionAsync();
        user.Version++;
        user.UpdatedAt = now;
        if (old is not null) (old.IsDefault, old.UpdatedAt) = (false, now);
        db.History.Add(new HistoryRow
        {
            CustomerId = user.Id,
            Sequence = user.Version,
            ActorId = user.Id,
            At = now,
            Changes = Changes.OfDefault(old?.Id, chosen.Id),
        });
        await db.SaveChangesAsync();
        (chosen.IsDefault, chosen.UpdatedAt) = (true, now);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }
}
