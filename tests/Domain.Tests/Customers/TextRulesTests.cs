using Shouldly;
using Xunit;

namespace CustomerGrains.Domain.Tests.Customers;

public sealed class TextRulesTests
{
    [Theory]
    [InlineData("Ann", true)]
    [InlineData("  李小龍  ", true)]
    [InlineData("👩‍🍳 Chef", true)]
    [InlineData("", false)]
    [InlineData("   ", false)]
    [InlineData("a\0b", false)]
    [InlineData("a\nb", false)]
    [InlineData("a\u0085b", false)]
    public void Line_TakesWhatPeopleType(string text, bool accepted) =>
        Accepts(v => TextRules.Line(v, "name", text, Limits.NameLengthMax)).ShouldBe(accepted);

    [Fact]
    public void Line_HalfASurrogatePair_IsRefused() =>
        Accepts(v => TextRules.Line(v, "name", "a\ud83d", Limits.NameLengthMax)).ShouldBeFalse();

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    [InlineData(5000, false)]
    public void Line_IsBoundInLength(int length, bool accepted) =>
        Accepts(v => TextRules.Line(v, "name", new string('x', length), Limits.NameLengthMax))
            .ShouldBe(accepted);

    [Theory]
    [InlineData("1988-02-29", true)]
    [InlineData("2026-01-31", true)]
    [InlineData("1896-01-31", true)]
    [InlineData("2026-02-01", false)]
    [InlineData("1896-01-30", false)]
    [InlineData("1989-02-29", false)]
    [InlineData("29-02-1988", false)]
    [InlineData("1988-2-9", false)]
    [InlineData("1988-02-29T00:00:00Z", false)]
    public void PastDate_IsACalendarDateOfALivingPerson(string text, bool accepted) =>
        Accepts(v => TextRules.PastDate(v, "date_of_birth", text, new DateOnly(2026, 1, 31)))
            .ShouldBe(accepted);

    [Theory]
    [InlineData("en", true)]
    [InlineData("pt-BR", true)]
    [InlineData("zh-Hant-TW", true)]
    [InlineData("es-419", true)]
    [InlineData("e", false)]
    [InlineData("english", false)]
    [InlineData("en_US", false)]
    [InlineData("en-", false)]
    [InlineData("en\n", false)]
    public void Language_IsAWellFormedTag(string text, bool accepted) =>
        Accepts(v => TextRules.Language(v, "preferred_language", text)).ShouldBe(accepted);

    private static bool Accepts(Action<Validation> rule)
    {
        var validation = new Validation();
        rule(validation);
        return validation.IsClean;
    }
}
