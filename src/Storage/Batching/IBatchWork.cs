namespace CustomerGrains.Storage.Batching;

/// <summary>What is done with a batch.</summary>
public interface IBatchWork<TItem>
{
    /// <summary>About how many bytes an item sends.</summary>
    int SizeOf(TItem item);

    /// <summary>Carries out the batch and completes every item, whatever happens; never
    /// throws. The list is reused after it returns.</summary>
    Task Execute(List<TItem> batch);
}
