using CustomerGrains.Grains.Customers;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Customers;

public sealed class CustomerOptionsTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("https://shop.example/undo#{token}", true)]
    [InlineData("https://shop.example/undo", false)]
    [InlineData("http://shop.example/undo#{token}", false)]
    [InlineData("{token}", false)]
    public void UndoLink_IsAnHttpsAddressWithATokenInIt(string link, bool usable) =>
        new CustomerOptions { UndoLink = link }.HasUsableUndoLink.ShouldBe(usable);
}
