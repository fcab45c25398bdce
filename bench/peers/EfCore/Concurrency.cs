using Microsoft.EntityFrameworkCore;

namespace CustomerGrains.Bench.EfCore;

internal static class Concurrency
{
    // A concurrent edit of the same customer makes us read again; more than this is a storm.
    private const int Attempts = 3;

    /// <summary>409 when others were faster each time.</summary>
    public static async Task<IResult> Retry(ProfileDb db, Func<Task<IResult>> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                db.ChangeTracker.Clear();
            }
            catch (DbUpdateConcurrencyException)
            {
                return Results.Problem(statusCode: StatusCodes.Status409Conflict);
            }
        }
    }
}
