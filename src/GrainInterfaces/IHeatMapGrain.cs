namespace CustomerGrains.GrainInterfaces;

/// <summary>How many customers live where, by geohashes of as many letters as the grain's key says:
/// 1 to <see cref="LettersMax"/>. One activation for all silos, so that it is counted once.</summary>
/// <remarks>Throws <see cref="TryAgainException"/> when there is no answer; repeating is
/// safe.</remarks>
[Alias("cg.IHeatMapGrain")]
public interface IHeatMapGrain : IGrainWithIntegerKey
{
    /// <summary>Cells of about 150 metres: streets, not doors.</summary>
    const int LettersMax = 7;

    /// <summary>Answers a <see cref="HeatMapView"/>, counted not long ago: fifty times as long as
    /// the counting took, at least a second and at most five minutes.</summary>
    [Alias("Get")]
    Task<Reply> Get();
}
