using System.Diagnostics;

namespace CustomerGrains.System.Tests.Partitions;

/// <summary>What a test does to the packets of chosen ports of this machine's loopback, as root
/// on Linux with nftables; disposing ends it.</summary>
internal sealed class NetRules : IDisposable
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
            $"tcp dport {{ {some} }} numgen random mod 100 < {Lost} drop",
            $"tcp sport {{ {some} }} numgen random mod 100 < {Lost} drop");
    }

    /// <summary>Connections to a port are broken, and new ones refused. Null when this process may
    /// not have that done.</summary>
    public static NetRules? TryRefuse(int port)
    {
        var rules = TryAdd($"tcp dport {port} tcp flags & (syn | ack) == syn reject with tcp reset");
        if (rules is null || Run("ss", "", "-K", "sport", "=", $":{port}") == 0) return rules;
        rules.Dispose();
        return null;
    }

    public void Dispose() => Run("nft", $"delete table inet {_table}\n", "-f", "-");

    private static NetRules? TryAdd(params string[] rules)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return null;
        var added = new NetRules();
        var lines = string.Join('\n', rules.Select(rule => $"iif lo {rule}"));
        return Run(
            "nft",
            $$"""
            table inet {{added._table}} {
            chain input {
            type filter hook input priority 0
            {{lines}}
            }
            }

            """, "-f", "-") == 0 ? added : null;
    }

    private static int Run(string program, string input, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            process.StandardOutput.ReadToEnd();
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (global::System.ComponentModel.Win32Exception)
        {
            return -1; // there is no such program
        }
    }
}
