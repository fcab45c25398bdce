using System.Security.Claims;
using System.Text.Json;
using CustomerGrains.Bench.Shared;
using Microsoft.EntityFrameworkCore;

namespace CustomerGrains.Bench.EfCore;

internal static class OrderEndpoints
{
    private const int PurposeLengthMax = 200;

    private static readonly string[] Fields = ["name", "phone", "address"];

    private static readonly Func<ProfileDb, Guid, Guid, Task<PollView?>> ReadPoll =
        EF.CompileAsyncQuery((ProfileDb db, Guid id, Guid rider) => db.Orders
            .Where(o => o.Id == id && o.RiderId == rider)
            .Select(o => new PollView(o.Id, o.PhoneUpdated, o.ContactVersion))
            .FirstOrDefault());

    private static readonly Func<ProfileDb, Guid, Task<SeenOrder?>> ReadOrder =
        EF.CompileAsyncQuery((ProfileDb db, Guid id) => db.Orders
            .Where(o => o.Id == id)
            .Select(o => new SeenOrder(
                o.Id, o.CustomerId, o.BranchId, o.RiderId, o.Status, o.CustomerSnapshot,
                o.PhoneUpdated, o.ContactVersion,
                db.Users.First(u => u.Id == o.CustomerId).Phone))
            .FirstOrDefault());

    public static void MapRider(this RouteGroupBuilder group)
    {
        group.MapGet("/orders/{id:guid}/phone-updated", Poll);
        group.MapGet("/orders/{id:guid}/contact", OpenContact);
    }

    public static void MapBranch(this RouteGroupBuilder group) =>
        group.MapGet("/orders/{id:guid}/customer", OpenCustomer);

    private static async Task<IResult> Poll(Guid id, ClaimsPrincipal caller, ProfileDb db) =>
        await ReadPoll(db, id, caller.CallerId()) is { } view
            ? Answers.Json(view)
            : Results.NotFound();

    private static async Task<IResult> OpenContact(Guid id, ClaimsPrincipal caller, ProfileDb db)
    {
        var rider = caller.CallerId();
        if (await ReadOrder(db, id) is not { } seen || seen.RiderId != rider)
            return Results.NotFound();
        await Note(db, seen, rider, "utd", null, "delivery");
        using var snapshot = JsonDocument.Parse(seen.Snapshot);
        var (name, phone, address) = Read(snapshot);
        return Answers.Json(new ContactView(
            seen.Id, seen.Status, name, phone, seen.PhoneUpdated,
            seen.PhoneUpdated ? seen.Phone : phone, seen.ContactVersion, address));
    }

    private static async Task<IResult> OpenCustomer(
        Guid id, string? purpose, ClaimsPrincipal caller, ProfileDb db)
    {
        if (purpose is not { Length: > 0 and <= PurposeLengthMax }) return Results.BadRequest();
        var branch = caller.BranchId();
        if (await ReadOrder(db, id) is not { } seen || seen.BranchId != branch)
            return Results.NotFound();
        await Note(db, seen, caller.CallerId(), "utb", branch, purpose);
        using var snapshot = JsonDocument.Parse(seen.Snapshot);
        var (name, phone, address) = Read(snapshot);
        return Answers.Json(new BranchView(
            seen.Id, seen.CustomerId, name, seen.PhoneUpdated ? seen.Phone : phone, address));
    }

    private static Task Note(
        ProfileDb db, SeenOrder seen, Guid caller, string role, Guid? branch, string purpose)
    {
        db.Accesses.Add(new AccessRow
        {
            AccessedBy = caller,
            CustomerId = seen.CustomerId,
            Role = role,
            BranchId = branch,
            Purpose = purpose,
            OrderId = seen.Id,
            Fields = Fields,
            At = DateTime.UtcNow,
        });
        return db.SaveChangesAsync();
    }

    private static (string? Name, string? Phone, string Address) Read(JsonDocument snapshot) => (
        snapshot.RootElement.GetProperty("name").GetString(),
        snapshot.RootElement.GetProperty("phone").GetString(),
        snapshot.RootElement.GetProperty("address").GetRawText());

    private sealed record SeenOrder(
        Guid Id, Guid CustomerId, Guid BranchId, Guid RiderId, string Status, string Snapshot,
        bool PhoneUpdated, long ContactVersion, string? Phone);
}
