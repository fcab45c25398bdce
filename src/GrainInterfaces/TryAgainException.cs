namespace CustomerGrains.GrainInterfaces;

/// <summary>The call could not be carried out or its outcome could not be established; nothing is
/// known to have happened. The same request under the same key may be repeated after a moment.
/// HTTP 503 with <c>Retry-After</c>.</summary>
[GenerateSerializer, Alias("cg.TryAgainException")]
public sealed class TryAgainException : Exception
{
    public TryAgainException()
    {
    }

    public TryAgainException(string message) : base(message)
    {
    }

    public TryAgainException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
