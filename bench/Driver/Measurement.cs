using System.Globalization;

namespace CustomerGrains.Bench.Driver;

/// <summary>One run of the load generator against one system, as <c>bench/run</c> notes it.</summary>
internal sealed record Measurement
{
    // Clock ticks per second in /proc; 100 on every Linux of the last twenty years.
    private const double TicksPerSecond = 100;

    private const double MicrosecondsPerSecond = 1e6;
    private const double MicrosecondsPerMillisecond = 1e3;
    private const double KiBPerMiB = 1024;

    public required string System { get; init; }
    public required int Round { get; init; }
    public required string Workload { get; init; }
    public required int Connections { get; init; }
    public required long Requests { get; init; }
    public required double Seconds { get; init; }
    public required double P50 { get; init; }
    public required double P99 { get; init; }
    public required long BadAnswers { get; init; }
    public required long SocketErrors { get; init; }

    /// <summary>Processor seconds of the API (or the whole peer), the silo and PostgreSQL.</summary>
    public required double Api { get; init; }
    public required double Silo { get; init; }
    public required double Postgres { get; init; }

    /// <summary>MiB resident; of PostgreSQL the proportional set, as it shares its pages.</summary>
    public required double ServiceMemory { get; init; }
    public required double PostgresMemory { get; init; }

    /// <summary>Rows (or versions) that the run left in the database; null for reads.</summary>
    public required long? Rows { get; init; }

    /// <summary>Bytes of the write-ahead log; null for reads.</summary>
    public required long? Wal { get; init; }

    public long Acknowledged => Requests - BadAnswers;

    public double Throughput => Acknowledged / Seconds;

    /// <summary>Milliseconds of processor time per request, which is seconds per 1,000.</summary>
    public double PerRequest(double seconds) => seconds * 1000 / Requests;

    public double AllPerRequest => PerRequest(Api + Silo + Postgres);

    /// <summary>What was acknowledged is there; what is there was asked for.</summary>
    public bool RowsFit =>
        Rows is not { } rows || (Acknowledged <= rows && rows <= Acknowledged + Connections);

    public static Measurement Parse(string line)
    {
        var fields = line.Split('\t');
        return new Measurement
        {
            System = fields[0],
            Round = (int)Number(1),
            Workload = fields[2],
            Connections = (int)Number(3),
            Requests = (long)Number(4),
            Seconds = Number(5) / MicrosecondsPerSecond,
            P50 = Number(6) / MicrosecondsPerMillisecond,
            P99 = Number(7) / MicrosecondsPerMillisecond,
            BadAnswers = (long)Number(9),
            SocketErrors = (long)Number(10),
            Api = Number(11) / TicksPerSecond,
            Silo = Number(12) / TicksPerSecond,
            Postgres = Number(13) / TicksPerSecond,
            ServiceMemory = Number(14) / KiBPerMiB,
            PostgresMemory = Number(15) / KiBPerMiB,
            Rows = fields[16] == "-" ? null : (long)Number(16),
            Wal = fields[17] == "-" ? null : (long)Number(17),
        };

        double Number(int field) => double.Parse(fields[field], CultureInfo.InvariantCulture);
    }
}
