using CustomerGrains.Launcher.Running;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

public sealed class RollingLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cg-log-").FullName;

    private string File => Path.Combine(_folder, "a.log");

    [Fact]
    public async Task CopyFrom_MoreThanFits_KeepsTheFileBefore()
    {
        using (var log = new RollingLog(File, sizeMax: 10)) await Copy(log, "first 789", "second");

        global::System.IO.File.ReadAllLines(File + ".1").ShouldBe(["first 789"]);
        global::System.IO.File.ReadAllLines(File).ShouldBe(["second"]);
    }

    /// <summary>Whoever writes must never wait for who reads.</summary>
    [Fact]
    public async Task CopyFrom_FileCannotBeMoved_GoesOnAndRollsLater()
    {
        var way = Directory.CreateDirectory(File + ".1");
        using (var log = new RollingLog(File, sizeMax: 10))
        {
            await Copy(log, "first 789", "lost", "kept");
            way.Delete();
            await Copy(log, "second");
        }

        global::System.IO.File.ReadAllLines(File + ".1").ShouldBe(["first 789", "kept"]);
        global::System.IO.File.ReadAllLines(File).ShouldBe(["second"]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task Copy(RollingLog log, params string[] lines)
    {
        using var source = new StreamReader(
            new MemoryStream(global::System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines))));
        await log.CopyFrom(source);
    }
}
