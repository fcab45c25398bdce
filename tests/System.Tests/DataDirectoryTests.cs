using CustomerGrains.Launcher;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

public sealed class DataDirectoryTests : IAsyncLifetime
{
    private string _root = "";

    public async ValueTask InitializeAsync() =>
        _root = Directory.CreateDirectory(await TestDirectory.Create()).FullName;

    public async ValueTask DisposeAsync() => await TestDirectory.Remove(_root);

    [Fact]
    public void Root_ThroughALink_IsTheFolderItself()
    {
        var real = new DataDirectory(Path.Combine(_root, "real", "data"));
        File.CreateSymbolicLink(Path.Combine(_root, "link"), "real");

        new DataDirectory(Path.Combine(_root, "link", "data")).Root.ShouldBe(real.Root);
    }

    [Fact]
    public void Lock_HeldByAnother_IsRefused()
    {
        var data = new DataDirectory(_root);
        using var claim = data.Lock();

        Should.Throw<LauncherException>(() => data.Lock());
    }

    [Fact]
    public void Lock_LetGo_IsFree()
    {
        var data = new DataDirectory(_root);
        data.Lock().Dispose();

        Should.NotThrow(() => data.Lock().Dispose());
    }

    [Fact]
    public void Keys_OfANewFolder_AreClosedToOthers() =>
        File.GetUnixFileMode(new DataDirectory(_root).Keys).ShouldBe(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
