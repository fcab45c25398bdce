using System.Globalization;

namespace CustomerGrains.Bench.Driver.Load;

/// <summary>What wrk cannot do: requests that depend on answers, open loops, kills.</summary>
internal static class LoadCommand
{
    public static Task<int> Run(string url, string tokens, string[] what)
    {
        var target = new Target(url, tokens);
        return what switch
        {
            ["overload", var seconds, var silo] =>
                Overload.Run(target, TimeSpan.FromSeconds(Number(seconds)), Number(silo)),
            ["kill", var silo, var database] => Killing.Run(target, Number(silo), database),
            ["touch", var customers, var name] => Touch.Run(target, Number(customers), name),
            ["contacts", var first, var count] =>
                ContactChanges.Run(target, Number(first), Number(count)),
            ["mix", var seconds, var first] =>
                new Mix(target, Number(first)).Run(TimeSpan.FromSeconds(Number(seconds))),
            _ => throw new ArgumentException("Unknown load.", nameof(what)),
        };
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
