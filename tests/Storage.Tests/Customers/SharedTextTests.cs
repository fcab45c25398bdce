using CustomerGrains.Storage.Customers;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Customers;

public sealed class SharedTextTests
{
    private readonly SharedText words = new();

    [Fact]
    public void Of_EqualWords_IsOneOfThem()
    {
        var first = words.Of(new string("Thiruvananthapuram"));

        words.Of(new string("Thiruvananthapuram")).ShouldBeSameAs(first);
        words.Of(null).ShouldBeNull();
    }

    [Fact]
    public void Of_MoreWordsThanAreKept_AreAllRight()
    {
        for (var n = 0; n < 10_000; n++)
            words.Of(new string($"city {n}")).ShouldBe($"city {n}");
    }
}
