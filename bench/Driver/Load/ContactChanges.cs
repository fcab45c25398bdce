using System.Diagnostics;

namespace CustomerGrains.Bench.Driver.Load;

/// <summary>Changes of email, each proved by the code that went there: ask, read the developer's
/// mailbox, prove.</summary>
internal static class ContactChanges
{
    private const int Connections = 128;

    // Codes are there within half a second of the answer.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <param name="first">The number of the first customer; the others follow.</param>
    public static async Task<int> Run(Target target, int first, int count)
    {
        var tag = Guid.NewGuid().ToString("N")[..8];
        var changes = new (string? Id, string? Code)[count];
        await Phase("request", async (wire, number, tally) =>
        {
            var answer = await Timed(wire, tally, Ask(target, first + number, Email(tag, number)));
            changes[number].Id = answer.Text("change_id");
        });
        await ClosedLoop.Over(target, Connections, count, async (wire, number) =>
            changes[number].Code = await Code(wire, Email(tag, number)));
        await Phase("verify", async (wire, number, tally) =>
        {
            if (changes[number] is not ({ } id, { } code)) tally.Add(0, default);
            else await Timed(wire, tally, Prove(target, first + number, id, code));
        });
        return 0;

        async Task Phase(string name, Func<Wire, int, Tally, ValueTask> work)
        {
            var tally = new Tally();
            var took = await ClosedLoop.Over(
                target, Connections, count, (wire, number) => work(wire, number, tally));
            Console.WriteLine(tally.Result(took));
            Facts.Print(name + ".rate", tally.Good / took.TotalSeconds);
            Facts.Print(name + ".p50", tally.Percentile(0.5) / 1000.0);
            Facts.Print(name + ".p99", tally.Percentile(0.99) / 1000.0);
            Facts.Print(name + ".good", tally.Good);
            Facts.Print(name + ".bad", tally.All - tally.Good);
        }
    }

    public static byte[] Ask(Target target, int customer, string email) => Target.Request(
        "POST", "/api/utc/profile/request-change", target.Customers[customer],
        $$"""{"channel":"email","new_value":"{{email}}"}""");

    public static byte[] Prove(Target target, int customer, string change, string code) =>
        Target.Request(
            "POST", "/api/utc/profile/verify-change", target.Customers[customer],
            $$"""{"change_id":"{{change}}","code":"{{code}}"}""");

    public static string Email(string tag, int number) => $"new.{tag}.{number}@example.com";

    /// <summary>The code that went to an address; null when none came in time.</summary>
    public static async ValueTask<string?> Code(Wire wire, string email)
    {
        var request = Target.Request("GET", "/dev/messages?to=" + email, "");
        for (var tries = 0; tries < 200; tries++)
        {
            if ((await wire.Send(request)).Text("code") is { } code) return code;
            await Task.Delay(Pause);
        }

        return null;
    }

    private static async ValueTask<Answer> Timed(Wire wire, Tally tally, byte[] request)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await wire.Send(request);
        tally.Add(answer.Status, Stopwatch.GetElapsedTime(started));
        return answer;
    }
}
