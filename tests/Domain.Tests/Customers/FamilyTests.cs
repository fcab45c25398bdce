using CustomerGrains.Domain.Customers;
using Shouldly;
using Xunit;

namespace CustomerGrains.Domain.Tests.Customers;

/// <summary>Walks the closed families: a new case that nobody handles fails here.</summary>
public sealed class FamilyTests
{
    [Fact]
    public void EveryCommand_ReachesADecision()
    {
        foreach (var type in CasesOf(typeof(CustomerCommand)))
        {
            var command = (CustomerCommand)Blank(type);
            Should.NotThrow(() => Customer.Unborn(Guid.Empty).Decide(command, Scenario.Start));
        }
    }

    [Fact]
    public void EveryEvent_IsAppliedOrComplainsOfItsContentOnly()
    {
        foreach (var type in CasesOf(typeof(CustomerEvent)))
        {
            var happened = (CustomerEvent)Blank(type);
            try
            {
                Customer.Unborn(Guid.Empty).After([happened], Scenario.Start);
            }
            catch (InvalidOperationException e)
            {
                e.Message.ShouldNotContain("Unknown event");
            }
        }
    }

    [Fact]
    public void EveryRefusal_HasANumberOfItsOwn()
    {
        var numbers = Enum.GetValues<Refusal>().Select(r => (short)r).ToArray();
        numbers.Distinct().Count().ShouldBe(Enum.GetNames<Refusal>().Length);
        numbers.ShouldAllBe(n => n >= 100);
    }

    internal static Type[] CasesOf(Type family)
    {
        var cases = family.GetNestedTypes().Where(t => t.IsSubclassOf(family)).ToArray();
        cases.ShouldNotBeEmpty();
        cases.ShouldAllBe(t => t.IsSealed);
        return cases;
    }

    internal static object Blank(Type type)
    {
        var constructor = type.GetConstructors().MinBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Blank(p))]);
    }

    private static object? Blank(System.Reflection.ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(NewAddress)) return new NewAddress(Guid.Empty, Samples.Home);
        if (type == typeof(AddressEdit)) return new AddressEdit();
        if (type.Name.StartsWith("ImmutableArray", StringComparison.Ordinal))
            return type.GetField("Empty")!.GetValue(null);
        if (type == typeof(ContactChannel)) return ContactChannel.Phone;
        if (type == typeof(CategoryNames)) return CategoryNames.None;
        if (type == typeof(Bar)) return Bars.Of(BarKind.Blocked);
        return type.IsValueType ? Activator.CreateInstance(type) : null;
    }
}
