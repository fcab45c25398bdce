namespace CustomerGrains.Bench.Shared;

/// <summary>A member of a merge patch: absent, or present with a value that may be null.</summary>
[GenerateSerializer, Immutable, Alias("bench.Patched`1")]
public readonly record struct Patched<T>(
    [property: Id(0)] bool IsPresent, [property: Id(1)] T? Value)
{
    public T? Over(T? current) => IsPresent ? Value : current;
}
