using System.Text.Json;

namespace CustomerGrains.Tests.Load;

/// <summary>What a load process is told to do.</summary>
/// <param name="Folder">Where histories are; what stands there of clients is gone on with.</param>
/// <param name="Generation">How many load processes were there before.</param>
/// <param name="Editors">Customers who edit their profiles.</param>
/// <param name="Stories">See <see cref="Story"/>.</param>
/// <param name="Watched">Customers whom staff and riders look at.</param>
internal sealed record LoadOrder(
    Uri Api, string Folder, int Generation, int Editors, int Stories, int Watched)
{
    /// <summary>Personal values that were sent or heard and must not be in a log.</summary>
    public string Canaries => Path.Combine(Folder, $"canaries-{Generation}.jsonl");

    public static LoadOrder Parse(string text) => JsonSerializer.Deserialize<LoadOrder>(text)!;

    /// <summary>As one argument.</summary>
    public override string ToString() => JsonSerializer.Serialize(this);
}

/// <summary>How far a load process is; one line of its standard output.</summary>
/// <param name="Acknowledged">Of each editor, over all generations.</param>
/// <param name="Told">Stories that came to their end, in this process.</param>
/// <param name="Replayed">Answers that repeated one that got lost.</param>
/// <param name="Retried">Requests that failed and were sent again.</param>
internal sealed record LoadProgress(
    int[] Acknowledged, int Told, int Replayed, int Retried, TimeSpan LongestWait)
{
    public static readonly LoadProgress None = new([], 0, 0, 0, TimeSpan.Zero);

    public static LoadProgress Parse(string line) =>
        JsonSerializer.Deserialize<LoadProgress>(line)!;

    public override string ToString() => JsonSerializer.Serialize(this);
}
