using System.CommandLine;
using CustomerGrains.Storage.Demo;

namespace CustomerGrains.Launcher.Commands;

/// <summary><c>demo</c>: invented customers with addresses.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var data = DataOption.Create();
        var count = new Argument<int>("count") { Description = "How many there shall be." };
        var command = new Command("demo", "Loads invented customers; who is there already stays.")
        {
            count, data,
        };
        command.SetAction((parsed, stop) =>
        {
            var folder = parsed.DataDirectory(data);
            var keys = folder.ServiceKeys;
            return OperatorDatabase.Use(folder, async connection =>
            {
                await Load(connection, keys, parsed.GetRequiredValue(count), stop);
                return 0;
            }, stop);
        });
        return command;
    }

    public static async Task Load(
        string connectionString, string keys, int count, CancellationToken stop)
    {
        var load = new DemoLoad(connectionString, keys, TimeProvider.System);
        await ProgressBar.Show(
            "demo customers", () => load.Done, count, load.Load(count, stop), Console.Error);
    }
}
