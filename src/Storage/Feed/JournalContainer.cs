using CustomerGrains.GrainInterfaces;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace CustomerGrains.Storage.Feed;

/// <summary>A chunk on its way through the streams.</summary>
[GenerateSerializer, Immutable, Alias("cg.JournalContainer")]
internal sealed class JournalContainer(JournalChunk chunk, long token) : IBatchContainer
{
    [Id(0)]
    private readonly JournalChunk _chunk = chunk;

    [Id(1)]
    private readonly EventSequenceTokenV2 _token = new(token);

    public StreamId StreamId =>
        StreamId.Create(JournalStream.Namespace, JournalStream.KeyOf(_chunk.Partition));

    public StreamSequenceToken SequenceToken => _token;

    public long Token => _token.SequenceNumber;

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() =>
        _chunk is T item ? [Tuple.Create(item, SequenceToken)] : [];

    public bool ImportRequestContext() => false;
}
