using System.CommandLine;
using CustomerGrains.Storage.Imports;

namespace CustomerGrains.Launcher.Commands;

/// <summary><c>import</c>: customers of another system, from a file of JSON lines.</summary>
internal static class ImportCommand
{
    /// <summary>Some lines were refused.</summary>
    private const int SomeRefused = 1;

    public static Command Create()
    {
        var data = DataOption.Create();
        var file = new Argument<FileInfo>("file")
        {
            Description = "One JSON object on each line, as in POST /api/admin/imports.",
        };
        var command = new Command("import",
            "Imports customers into the running service; ends with 1 when lines were refused.")
        {
            file, data,
        };
        command.SetAction((parsed, stop) =>
        {
            var folder = parsed.DataDirectory(data);
            var keys = folder.ServiceKeys;
            return OperatorDatabase.Use(folder, connection => Import(
                parsed.GetRequiredValue(file), connection, keys, stop), stop);
        });
        return command;
    }

    private static async Task<int> Import(
        FileInfo file, string connection, string keys, CancellationToken stop)
    {
        if (!file.Exists) throw new LauncherException($"There is no file {file.FullName}.");
        using var lines = file.OpenText();
        var import = new ImportFile(connection, keys, TimeProvider.System);
        var work = import.Import(lines, stop);
        // The total is known once all lines are kept.
        while (!work.IsCompleted && import.Total is null)
            await Task.WhenAny(work, Task.Delay(TimeSpan.FromMilliseconds(100), stop));
        var done = await ProgressBar.Show(
            "imported customers", () => import.Done, import.Total, work, Console.Error);

        foreach (var refusal in done.Report)
            Console.WriteLine($"line {refusal.Line}: {refusal.Code}: {refusal.Detail}");
        Console.WriteLine($"{done.Created} created, {done.Refused} refused");
        return done.Refused == 0 ? 0 : SomeRefused;
    }
}
