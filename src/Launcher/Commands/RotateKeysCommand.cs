using System.CommandLine;
using CustomerGrains.Storage.Sealing;

namespace CustomerGrains.Launcher.Commands;

/// <summary><c>rotate-keys</c>: a new master key, while the service runs.</summary>
internal static class RotateKeysCommand
{
    public static Command Create()
    {
        var data = DataOption.Create();
        var command = new Command(
            "rotate-keys", "Takes a new master key into use and wraps all customers' keys with it.")
        {
            data,
        };
        command.SetAction((parsed, stop) =>
        {
            var folder = parsed.DataDirectory(data);
            var keys = folder.ServiceKeys;
            return OperatorDatabase.Use(
                folder, connection => Rotate(connection, keys, stop), stop);
        });
        return command;
    }

    private static async Task<int> Rotate(string connection, string keys, CancellationToken stop)
    {
        var ring = KeyRing.Open(keys, TimeProvider.System);
        var rotation = new KeyRotation(connection, ring, TimeProvider.System);
        var id = await ProgressBar.Show(
            "keys wrapped", () => rotation.Wrapped, total: null, rotation.Rotate(stop), Console.Error);
        Console.WriteLine($"master key {id} wraps all {rotation.Wrapped} data keys it found");
        return 0;
    }
}
