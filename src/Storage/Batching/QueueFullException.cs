namespace CustomerGrains.Storage.Batching;

/// <summary>The store has more work than it can do in time, or is shutting down. Nothing
/// happened.</summary>
public sealed class QueueFullException : Exception
{
    public QueueFullException()
    {
    }

    public QueueFullException(string message) : base(message)
    {
    }

    public QueueFullException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal QueueFullException(Exception cause) : base("The store's queue is full.", cause)
    {
    }
}
