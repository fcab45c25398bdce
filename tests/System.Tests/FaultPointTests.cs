using System.Diagnostics;
using CustomerGrains.Launcher;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

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
}
