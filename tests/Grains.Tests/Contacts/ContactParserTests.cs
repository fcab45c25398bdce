using CustomerGrains.Grains.Contacts;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Contacts;

public sealed class ContactParserTests
{
    public static TheoryData<string, string> Good => new()
    {
        { "+491511234567", "+491511234567" },
        { "+49 (151) 123-45.67", "+491511234567" },
        { "+49 0151 1234567", "+491511234567" }, // the national zero goes
        { "+919876543210", "+919876543210" },
        { "+12025550123", "+12025550123" },
    };

    public static TheoryData<string> Bad =>
    [
        "491511234567", "00491511234567", "+", "+0", "+49", "+1202555", "+999123456789",
        "+1800FLOWERS", "+12025550123 ext 5", "+1202555012345678901", " +12025550123",
        "+12025550123;phone-context=x", "+1202555०१२३", new string('+', 33),
    ];

    [Theory]
    [MemberData(nameof(Good))]
    public void Parse_PossiblePhone_IsE164(string typed, string expected) =>
        ContactParser.Parse("phone", typed, "contact").Contact!.Value.ShouldBe(expected);

    [Theory]
    [MemberData(nameof(Bad))]
    public void Parse_OtherPhone_IsRefused(string typed)
    {
        var error = ContactParser.Parse("phone", typed, "contact").Error.ShouldNotBeNull();
        error.Member.ShouldBe("contact");
        if (typed.Length > 1) error.Message.ShouldNotContain(typed);
    }

    [Theory]
    [InlineData("Ada.Lovelace+x@Example.ORG", "ada.lovelace+x@example.org")]
    [InlineData("ä@müller.example", "ä@müller.example")]
    [InlineData("o'neil@example.co.uk", "o'neil@example.co.uk")]
    public void Parse_Email_IsLowered(string typed, string expected) =>
        ContactParser.Parse("email", typed, "contact").Contact!.Value.ShouldBe(expected);

    [Theory]
    [InlineData("no-at.example.com")]
    [InlineData("two@at@example.com")]
    [InlineData("@example.com")]
    [InlineData("a@")]
    [InlineData("a@localhost")]
    [InlineData("a@.example.com")]
    [InlineData("a@example.com.")]
    [InlineData("a@example..com")]
    [InlineData(".a@example.com")]
    [InlineData("a b@example.com")]
    [InlineData(" a@example.com")]
    [InlineData("Ada <a@example.com>")]
    [InlineData("\"a\"@example.com")]
    [InlineData("a@example.com,b@example.com")]
    [InlineData("a\u0000@example.com")]
    [InlineData("a\r\nBcc:b@example.com")]
    [InlineData("a\u200B@example.com")]
    public void Parse_OtherEmail_IsRefused(string typed) =>
        ContactParser.Parse("email", typed, "contact").Error!.Value.Member.ShouldBe("contact");

    [Fact]
    public void Parse_HalfASurrogatePair_IsRefused() =>
        ContactParser.Parse("email", "a\ud800@example.com", "contact").Error.ShouldNotBeNull();

    [Theory]
    [InlineData(64, 254, true)]
    [InlineData(65, 254, false)]
    [InlineData(64, 255, false)]
    public void Parse_EmailAtTheBounds_CountsCharacters(int local, int length, bool valid)
    {
        var email = new string('a', local) + "@" + new string('b', length - local - 5) + ".org";

        (ContactParser.Parse("email", email, "contact").Contact is not null).ShouldBe(valid);
    }

    [Theory]
    [InlineData(null, "+12025550123", "channel")]
    [InlineData("Phone", "+12025550123", "channel")]
    [InlineData("fax", "+12025550123", "channel")]
    [InlineData("phone", null, "contact")]
    [InlineData("email", "", "contact")]
    public void Parse_WrongShape_NamesTheMember(string? channel, string? contact, string member) =>
        ContactParser.Parse(channel, contact, "contact").Error!.Value.Member.ShouldBe(member);
}
