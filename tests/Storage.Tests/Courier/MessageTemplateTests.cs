using CustomerGrains.Domain.Customers;
using CustomerGrains.Domain.SignIn;
using CustomerGrains.Storage.Courier;
using CustomerGrains.Storage.SignIn;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Courier;

public sealed class MessageTemplateTests
{
    private static readonly Contact To = new(ContactChannel.Phone, "+919812345678");

    [Fact]
    public void EveryLanguage_SaysCodeTokenAndTimes()
    {
        foreach (var language in MessageTemplates.Languages)
        {
            var code = CourierMessage.WithCode(To, CodePurpose.SignIn, "204816", language);
            code.Text.ShouldContain("204816");
            code.Text.ShouldContain("10");
            CourierMessage.ChangeRequested(To, language, "TOKEN", "TOKEN").Text.ShouldContain("TOKEN");
            var completed = CourierMessage.ChangeCompleted(To, language, "TOKEN", "LINK");
            completed.Text.ShouldContain("LINK");
            completed.Token.ShouldBe("TOKEN");
            completed.Text.ShouldContain("72");
            completed.Purpose.ShouldBe("notice");
            foreach (var message in (CourierMessage[])[code, completed])
            {
                message.Text.ShouldNotContain("{");
                message.Subject.ShouldNotBeNullOrWhiteSpace();
            }
        }
    }

    [Theory]
    [InlineData("de", "Ihr Code")]
    [InlineData("de-AT", "Ihr Code")]
    [InlineData("DE-Latn-CH", "Ihr Code")]
    [InlineData("tlh", "Your code")]
    [InlineData("en-GB", "Your code")]
    public void Language_FallsBackStepByStep(string language, string subject) =>
        CourierMessage.WithCode(To, CodePurpose.SignIn, "204816", language)
            .Subject.ShouldBe(subject);
}
