using CustomerGrains.Domain.Customers;
using Shouldly;
using Xunit;

namespace CustomerGrains.Domain.Tests.Customers;

public sealed class AgeTests
{
    [Theory]
    [InlineData("2000-06-15", "2018-06-14", 17)]
    [InlineData("2000-06-15", "2018-06-15", 18)]
    [InlineData("2000-02-29", "2018-02-28", 17)]
    [InlineData("2000-02-29", "2018-03-01", 18)]
    [InlineData("2000-02-29", "2020-02-28", 19)]
    [InlineData("2000-02-29", "2020-02-29", 20)]
    [InlineData("2000-12-31", "2019-01-01", 18)]
    [InlineData("2026-01-31", "2026-01-31", 0)]
    public void Age_CountsFullYears_AndALeapDaysBirthdayOnTheFirstOfMarch(
        string born, string today, int age) =>
        CategoryAges.AgeOn(DateOnly.Parse(today, null), DateOnly.Parse(born, null)).ShouldBe(age);

    [Theory]
    [InlineData("alcohol", null, Refusal.AgeUnknown)]
    [InlineData("alcohol", "2012-01-01", Refusal.Underage)]
    [InlineData("fireworks", "2012-01-01", null)]
    [InlineData("alcohol", "2000-01-01", null)]
    [InlineData("bread", null, null)]
    [InlineData("water", null, null)]
    public void Policy_RefusesTheYoungAndTheUnknown(
        string category, string? born, Refusal? refusal) =>
        OrderSamples.Adults.RefusalOf(
            category, born is null ? null : DateOnly.Parse(born, null), new DateOnly(2026, 1, 31))
            .ShouldBe(refusal);

    [Theory]
    [InlineData("alcohol", true)]
    [InlineData("ready meals", true)]
    [InlineData("café-bar_2", true)]
    [InlineData("酒", true)]
    [InlineData("Alcohol", false)]
    [InlineData(" alcohol", false)]
    [InlineData("alcohol ", false)]
    [InlineData("alcohol\n", false)]
    [InlineData("ready  meals", false)]
    [InlineData("", false)]
    public void CategoryName_HasOneSpelling(string name, bool isOne) =>
        CategoryNames.IsName(name).ShouldBe(isOne);

    [Fact]
    public void CategoryName_AtTheLimit_IsOne_AndPastIt_IsNot()
    {
        CategoryNames.IsName(new string('a', Limits.CategoryNameLengthMax)).ShouldBeTrue();
        CategoryNames.IsName(new string('a', Limits.CategoryNameLengthMax + 1)).ShouldBeFalse();
    }
}
