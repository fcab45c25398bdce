using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CustomerGrains.Launcher;
using CustomerGrains.Launcher.Postgres;
using CustomerGrains.Launcher.Running;
using CustomerGrains.Tests.Support;
using Npgsql;

namespace CustomerGrains.System.Tests.Partitions;

/// <summary>A silo that others reach, and that reaches the database, only by links of a test. It
/// is started again when it has ended, as the launcher would.</summary>
internal sealed class LinkedSilo : IAsyncDisposable
{
    private static readonly string[] Databases =
        ["ConnectionStrings__Customers", "ConnectionStrings__CustomersBranch"];

    private readonly SiloCopy _copy;
    private readonly Dictionary<string, string> _settings = [];
    private readonly Uri _ops;
    private StartedSilo? _process;

    private LinkedSilo(RunningService service, SiloCopy copy, Uri ops, Link fromOthers, int listens)
    {
        (_copy, _ops, FromOthers) = (copy, ops, fromOthers);
        var socket = LocalPostgres.SocketFolder(new DataDirectory(service.Data));
        ToDatabase = new Link(new UnixDomainSocketEndPoint(Path.Combine(socket, ".s.PGSQL.5432")));
        _settings["Silo__ListenPort"] = $"{listens}";
        foreach (var name in Databases)
        {
            _settings[name] = new NpgsqlConnectionStringBuilder(_copy.Setting(name))
            {
                Host = "127.0.0.1",
                Port = ToDatabase.Port,
            }.ConnectionString;
        }
    }

    /// <summary>Ends a silo; the link takes its port, so that others hold what comes for the
    /// same silo, started again.</summary>
    /// <param name="service">Its launcher stands still.</param>
    public static async Task<LinkedSilo> InsteadOf(int index, RunningService service)
    {
        var place = service.Silo(index);
        var copy = SiloCopy.Of(place.Pid);
        var port = int.Parse(copy.Setting("Silo__Port"), CultureInfo.InvariantCulture);
        service.KillSilo(index);
        var ops = new Uri($"http://127.0.0.1:{place.OpsPort}");
        await Eventually.Holds(
            "it is gone", async () => !await service.IsReady(ops), CancellationToken.None);
        var listens = new LoopbackPorts().Take();
        return new LinkedSilo(
            service, copy, ops, new Link(new IPEndPoint(IPAddress.Loopback, listens), port),
            listens);
    }

    public Link FromOthers { get; }

    public Link ToDatabase { get; }

    /// <summary>How often it ended by itself.</summary>
    public int Ends { get; private set; }

    /// <summary>Starts it unless it runs.</summary>
    public void SeeToIt()
    {
        if (_process is { HasEnded: false }) return;
        if (_process is not null) Ends++;
        _process?.Dispose();
        _process = _copy.Start(_settings);
    }

    public Task<bool> IsReady(RunningService service) => service.IsReady(_ops);

    public async ValueTask DisposeAsync()
    {
        _process?.Dispose();
        await FromOthers.DisposeAsync();
        await ToDatabase.DisposeAsync();
    }
}
