namespace CustomerGrains.GrainInterfaces;

/// <summary>Answers whether a silo is reachable and can reach the database.</summary>
[Alias("cg.IHealthGrain")]
public interface IHealthGrain : IGrainWithIntegerKey
{
    /// <summary>Null when all is well, else a short reason without personal data.</summary>
    [Alias("Check")]
    Task<string?> Check();
}
