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

    private byte[]? _counted;
    private long _countedAt;
    private TimeSpan _lasts;

    public async Task<Reply> Get()
    {
        if (_counted is null || time.GetElapsedTime(_countedAt) >= _lasts) await Count();
        return new Reply { Code = ReplyCode.Ok, Body = _counted! };
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
