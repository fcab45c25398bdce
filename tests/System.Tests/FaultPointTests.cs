using System.Diagnostics;
using CustomerGrains.Launcher;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

[Trait("Section", "R4")]
public sealed class FaultPointTests
{
    [Fact]
    public async Task Silo_WithFaultsOutsideDevelopment_DoesNotStart()
    {
        var start = new ProcessStartInfo(Installation.Runtime, [Installation.Program("Silo")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["DOTNET_ENVIRONMENT"] = "Production",
                ["ConnectionStrings__Customers"] = "Host=/nowhere",
                ["Keys__Path"] = Path.GetTempPath(),
                ["Faults__Folder"] = Path.GetTempPath(),
            },
        };
        using var silo = Process.Start(start)!;
        var said = await Task.WhenAll(
            silo.StandardOutput.ReadToEndAsync(), silo.StandardError.ReadToEndAsync());
        await silo.WaitForExitAsync(TestContext.Current.CancellationToken);

        silo.ExitCode.ShouldNotBe(0);
        string.Concat(said).ShouldContain("Faults:Folder is for tests");
    }

    [Fact]
    public async Task Launcher_WithFaultsOutsideDevelopment_DoesNothing()
    {
        var data = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString());
        var start = new ProcessStartInfo(
            Installation.Runtime, [Installation.Program("Launcher"), "migrate", "--data", data])
        {
            RedirectStandardError = true,
            Environment =
            {
                ["DOTNET_ENVIRONMENT"] = "Production",
                ["Faults__Folder"] = Path.GetTempPath(),
            },
        };
        using var launcher = Process.Start(start)!;
        var said = await launcher.StandardError.ReadToEndAsync(
            TestContext.Current.CancellationToken);
        await launcher.WaitForExitAsync(TestContext.Current.CancellationToken);

        launcher.ExitCode.ShouldBe(1);
        said.ShouldContain("Faults__Folder is for tests");
        Directory.Exists(data).ShouldBeFalse();
    }
}
