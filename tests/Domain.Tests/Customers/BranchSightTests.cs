using CustomerGrains.Domain.Customers;
using Shouldly;
using Xunit;

namespace CustomerGrains.Domain.Tests.Customers;

public sealed class BranchSightTests
{
    private static readonly CustomerSnapshot Named = new() { Name = "Then", Phone = "+491" };
    private static readonly CustomerSnapshot Nameless = new() { Phone = "+491" };

    [Fact]
    public void Name_IsThatOfThePlacement_ElseThePresentOneWhileUnderWay()
    {
        BranchSight.Name(Named, "Now", isActive: true).ShouldBe("Then");
        BranchSight.Name(Named, "Now", isActive: false).ShouldBe("Then");
        BranchSight.Name(Nameless, "Now", isActive: true).ShouldBe("Now");
        BranchSight.Name(Nameless, "Now", isActive: false).ShouldBeNull();
    }

    [Theory]
    [InlineData(0, true, "+491")]
    [InlineData(1, true, "+492")]
    [InlineData(0, false, "+491")]
    [InlineData(1, false, "+491")]
    public void Phone_IsThatOfThePlacement_UnlessItChangedAndTheOrderIsUnderWay(
        int version, bool isActive, string seen) =>
        BranchSight.Phone(Named, "+492", version, isActive).ShouldBe(seen);
}
