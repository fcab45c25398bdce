using System.Globalization;
using System.Text.RegularExpressions;

namespace CustomerGrains.System.Tests.Partitions;

/// <summary>What a test does to the packets of chosen ports of this machine's loopback, as root
/// on Linux with nftables; disposing ends it.</summary>
internal sealed partial class NetRules : IDisposable
{
    /// <summary>Of 100 packets, in each direction.</summary>
    private const int Lost = 20;

    private readonly string _table = "cg_test_" + Path.GetRandomFileName()[..8];

    private NetRules()
    {
    }

    /// <summary>Some packets are lost. Null when this process may not have that done.</summary>
    public static NetRules? TryLose(params int[] ports)
    {
        var some = string.Join(", ", ports);
        return TryAdd(
            $"tcp dport {{ {some} }} numgen random mod 100 < {Lost} counter drop",
            $"tcp sport {{ {some} }} numgen random mod 100 < {Lost} counter drop");
    }

    /// <summary>Connections to a port are broken, and new ones refused. Null when this process may
    /// not have that done.</summary>
    public static NetRules? TryRefuse(int port)
    {
        var rules = TryAdd($"tcp dport {port} tcp flags & (syn | ack) == syn counter reject with tcp reset");
        if (rules is null || OsProgram.Run("ss", "-K", "sport", "=", $":{port}") == 0) return rules;
        rules.Dispose();
        return null;
    }

    public void Dispose() => OsProgram.Run("nft", "delete", "table", "inet", _table);

    /// <summary>Packets that were lost or refused so far.</summary>
    public int Hits => Counted()
        .Matches(OsProgram.Ask("nft", "list", "table", "inet", _table).Said)
        .Sum(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));

    private static NetRules? TryAdd(params string[] rules)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return null;
        var added = new NetRules();
        var lines = string.Join('\n', rules.Select(rule => $"iif lo {rule}"));
        return OsProgram.Run(
            "nft",
            $$"""
            table inet {{added._table}} {
            chain input {
            type filter hook input priority 0
            {{lines}}
            }
            }
            """) == 0 ? added : null;
    }

    [GeneratedRegex("packets ([0-9]+)")]
    private static partial Regex Counted();
}
