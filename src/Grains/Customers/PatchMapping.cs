using CustomerGrains.Domain;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Grains.Customers;

internal static class PatchMapping
{
    /// <summary>Absent stays absent; null and values go through
    /// <paramref name="parse"/>.</summary>
    public static Edit<TResult> Map<T, TResult>(this Patch<T> patch, Func<T?, TResult> parse) =>
        patch.IsPresent ? new Edit<TResult>(parse(patch.Value)) : default;
}
