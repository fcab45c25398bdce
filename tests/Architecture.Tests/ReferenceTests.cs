using System.Reflection;
using System.Runtime.CompilerServices;
using Shouldly;
using Xunit;

namespace CustomerGrains.Architecture.Tests;

/// <summary>The arrows of ARCHITECTURE.md, read from the built assemblies.</summary>
public sealed class ReferenceTests
{
    private const string Ours = "CustomerGrains.";

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Domain"] = [],
        ["GrainInterfaces"] = [],
        ["Storage"] = ["Domain", "GrainInterfaces"],
        ["Grains"] = ["Domain", "GrainInterfaces", "Storage"],
        ["Silo"] = ["Grains", "Storage", "GrainInterfaces", "Api"],
        ["Api"] = ["GrainInterfaces"],
        ["Launcher"] = ["Storage"],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_GoOnlyAlongTheArrows(string project)
    {
        var referenced = Load(project).GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(n => n.StartsWith(Ours, StringComparison.Ordinal))
            .Select(n => n[Ours.Length..]);
        referenced.ShouldBeSubsetOf(Allowed[project]);
    }

    [Fact]
    public void EveryProjectUnderSrc_IsInTheTable() =>
        Directory.GetDirectories(Source.Folder("src")).Select(d => Path.GetFileName(d)!)
            .ShouldBe(Allowed.Keys, ignoreOrder: true);

    [Fact]
    public void Domain_UsesTheBaseLibraryAlone() =>
        Load("Domain").GetReferencedAssemblies()
            .ShouldAllBe(a => a.Name!.StartsWith("System.", StringComparison.Ordinal));

    [Fact]
    public void Domain_HasNoAsyncMethod() =>
        Load("Domain").GetTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Instance | BindingFlags.Static
                | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .ShouldAllBe(m => !m.IsDefined(typeof(AsyncStateMachineAttribute)));

    [Theory]
    [InlineData("Api")]
    public void Api_CannotReachTheDatabaseOrTheKeys(string project) =>
        Load(project).GetReferencedAssemblies()
            .ShouldAllBe(a => !a.Name!.StartsWith("Npgsql", StringComparison.Ordinal));

    private static Assembly Load(string project) => Assembly.Load(Ours + project);
}
