namespace CustomerGrains.GrainInterfaces;

/// <summary>One member of a JSON Merge Patch (RFC 7396): absent, null, or a value.</summary>
/// <remarks>The default value is "absent": the stored value stays as it is.</remarks>
[GenerateSerializer, Immutable, Alias("cg.Patch`1")]
public readonly record struct Patch<T>(
    [property: Id(0)] bool IsPresent,
    [property: Id(1)] T? Value)
{
    public static Patch<T> To(T? value) => new(true, value);
}
