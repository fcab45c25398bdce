using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Orders;
using CustomerGrains.Storage.Geo;

namespace CustomerGrains.Grains.Geo;

[GrainType("heat-map")]
internal sealed class HeatMapGrain(GeoSearch geo, OrderDesk desk, TimeProvider time)
    : Grain, IHeatMapGrain
{
    /// <summary>The densest ones; an answer of about a megabyte.</summary>
    private const int CellsMax = 10_000;

    /// <summary>Counting takes at most a fiftieth of one connection's time.</summary>
    private const int Rest = 50;

    private static readonly TimeSpan AgeMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AgeMax = TimeSpan.FromMinutes(5);

    /// <summary>Nobody is shown an older count; a younger one that is no longer fresh is shown
    /// while the next is made.</summary>
    private static readonly TimeSpan ShownMax = TimeSpan.FromMinutes(10);

    private byte[]? _counted;
    private long _countedAt;
    private TimeSpan _lasts;
    private Task? _counting;

    public async Task<Reply> Get()
    {
        var age = time.GetElapsedTime(_countedAt);
        if (_counted is null || age >= ShownMax) await Count();
        else if (age >= _lasts) _counting ??= CountAside();
        return new Reply { Code = ReplyCode.Ok, Body = _counted! };
    }

    /// <summary>Fails for nobody: whoever asks next tries again.</summary>
    private async Task CountAside()
    {
        // The answer that is there goes out first.
        await Task.Yield();
        try
        {
            await Count();
        }
        catch (TryAgainException)
        {
            // The database is away.
        }
        finally
        {
            _counting = null;
        }
    }

    private async Task Count()
    {
        var started = time.GetTimestamp();
        var cells = await desk.Ask(() => geo.HeatMap((int)this.GetPrimaryKeyLong(), CellsMax));
        _counted = GeoAnswers.HeatMap(cells);
        _countedAt = time.GetTimestamp();
        var wanted = time.GetElapsedTime(started) * Rest;
        _lasts = wanted < AgeMin ? AgeMin : wanted > AgeMax ? AgeMax : wanted;
    }
}
