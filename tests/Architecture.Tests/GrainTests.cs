using System.Reflection;
using CustomerGrains.Grains;
using Orleans.Concurrency;
using Shouldly;
using Xunit;

namespace CustomerGrains.Architecture.Tests;

public sealed class GrainTests
{
    /// <summary>A stateless worker has one activation per processor. One call at a time in each
    /// would make every caller wait for the database's answers to those before, and batches of
    /// one.</summary>
    [Fact]
    public void StatelessWorkers_TakeManyCallsAtOnce_AndHoldNothingThatChanges()
    {
        var workers = typeof(CustomerGrainServices).Assembly.GetTypes()
            .Where(t => Attribute.IsDefined(t, typeof(StatelessWorkerAttribute)))
            .ToList();
        workers.Count.ShouldBeGreaterThan(5);
        foreach (var worker in workers)
        {
            Attribute.IsDefined(worker, typeof(ReentrantAttribute))
                .ShouldBeTrue($"{worker.Name} is not reentrant");
            typeof(Grain).IsAssignableFrom(worker).ShouldBeTrue(worker.Name);
            worker.GetProperties(All).Where(p => p.CanWrite)
                .ShouldBeEmpty($"{worker.Name} has state");
            // What the compiler keeps of a primary constructor's parameters is <named> like this.
            worker.GetFields(All).Where(f => !f.IsInitOnly && !f.Name.StartsWith('<'))
                .ShouldBeEmpty($"{worker.Name} has state");
        }
    }

    private const BindingFlags All =
        BindingFlags.Instance
        | BindingFlags.NonPublic
        | BindingFlags.Public
        | BindingFlags.DeclaredOnly;
}
