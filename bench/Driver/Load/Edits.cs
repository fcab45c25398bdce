namespace CustomerGrains.Bench.Driver.Load;

/// <summary>Edits of one customer after the other, each with a name that was not there before.
/// </summary>
internal sealed class Edits(Target target)
{
    private readonly string tag = Guid.NewGuid().ToString("N")[..8];
    private long number;
    private long acknowledged;

    public long Acknowledged => Volatile.Read(ref acknowledged);

    public byte[] Next(long _)
    {
        var mine = Interlocked.Increment(ref number);
        return Target.Edit(
            target.Customers[mine % target.Customers.Length], $"Asha Rao {tag} {mine:D8}");
    }

    public byte[] Next(int _) => Next(0L);

    public void Note(Answer answer)
    {
        if (answer.IsGood) Interlocked.Increment(ref acknowledged);
    }
}
