using System.CommandLine;
using CustomerGrains.Launcher.Running;

namespace CustomerGrains.Launcher.Commands;

/// <summary><c>run</c>: the whole service, until a signal ends it.</summary>
internal static class RunCommand
{
    // Where a browser expects a local service.
    private const int DefaultPort = 8080;

    // More share one machine's processors without serving more.
    private const int SilosMax = 16;

    // Demo phone numbers have nine free digits; nobody's patience has as many.
    private const int DemoMax = 100_000_000;

    // The largest TCP port that leaves room for --ops-port after it.
    private const int PortMax = 65534;

    public static Command Create()
    {
        var port = new Option<int>("--port")
        {
            Description = "Port of the API on 127.0.0.1.",
            DefaultValueFactory = _ => DefaultPort,
        };
        var opsPort = new Option<int?>("--ops-port")
        {
            Description = "Port for operators: health, metrics, dashboard. [default: PORT+1]",
        };
        var data = DataOption.Create();
        var silos = new Option<int>("--silos")
        {
            Description = "Number of silo processes.",
            DefaultValueFactory = _ => 1,
        };
        var demo = new Option<int>("--demo")
        {
            Description = "Load this many invented customers first.",
        };
        var apart = new Option<bool>("--front-end-apart")
        {
            Description = "Run the API as a process of its own, without database and keys. "
                + "Always so with several silos.",
        };
        RefuseOutside(demo, 0, DemoMax);
        RefuseOutside(port, 1, PortMax);
        RefuseOutside(silos, 1, SilosMax);
        opsPort.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > PortMax)
                result.AddError($"--ops-port must be from 1 to {PortMax}.");
        });

        var command = new Command("run", "Starts database, silos and API; stays in front.")
        {
            port, opsPort, data, silos, demo, apart,
        };
        command.SetAction((parsed, stop) =>
        {
            var options = new RunOptions(
                parsed.GetRequiredValue(port),
                parsed.GetValue(opsPort) ?? parsed.GetRequiredValue(port) + 1,
                parsed.GetRequiredValue(silos),
                parsed.GetValue(demo),
                parsed.GetValue(apart) || parsed.GetRequiredValue(silos) > 1);
            return LocalService.Run(parsed.DataDirectory(data), options, stop);
        });
        return command;
    }

    private static void RefuseOutside(Option<int> option, int lowest, int highest) =>
        option.Validators.Add(result =>
        {
            var value = result.GetValueOrDefault<int>();
            if (value < lowest || value > highest)
                result.AddError($"{option.Name} must be from {lowest} to {highest}.");
        });
}
