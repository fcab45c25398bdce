using CustomerGrains.Domain.SignIn;
using Shouldly;
using Xunit;

namespace CustomerGrains.Domain.Tests.SignIn;

public sealed class CodeRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly Challenge Fresh = new(Start.AddMinutes(10), 0, null);

    [Fact]
    public void Decide_RightCode_ConsumesIt()
    {
        var right = Decide(Fresh, matches: true).ShouldBeOfType<CodeVerdict.Right>();

        right.Challenge.ConsumedAt.ShouldBe(Start);
        Decide(right.Challenge, matches: true).ShouldBe(new CodeVerdict.Used());
    }

    [Fact]
    public void Decide_AtTheLastMoment_IsAccepted_AMillisecondLaterNot()
    {
        CodeRules.Decide(Fresh, ContactBudget.Empty, true, Fresh.ExpiresAt)
            .ShouldBeOfType<CodeVerdict.Right>();
        CodeRules.Decide(Fresh, ContactBudget.Empty, true, Fresh.ExpiresAt.AddMilliseconds(1))
            .ShouldBe(new CodeVerdict.Expired());
    }

    [Fact]
    public void Decide_FiveWrongTries_ExhaustTheCodeEvenForTheRightOne()
    {
        var (challenge, budget) = (Fresh, ContactBudget.Empty);
        for (var left = 4; left >= 0; left--)
        {
            var wrong = CodeRules.Decide(challenge, budget, false, Start)
                .ShouldBeOfType<CodeVerdict.Wrong>();
            wrong.AttemptsLeft.ShouldBe(left);
            (challenge, budget) = (wrong.Challenge, wrong.Budget);
        }

        CodeRules.Decide(challenge, budget, true, Start).ShouldBe(new CodeVerdict.Exhausted());
        budget.Failures.Length.ShouldBe(5);
    }

    [Theory]
    [InlineData(9, 0)]
    [InlineData(10, 30)]
    [InlineData(11, 60)]
    [InlineData(12, 120)]
    [InlineData(16, 1_920)]
    [InlineData(17, 3_600)]
    [InlineData(64, 3_600)]
    public void Decide_AfterNFailuresOfTheContact_WaitsTwiceAsLong(int failures, int seconds)
    {
        var budget = Failures(failures, Start);
        var challenge = Fresh with { ExpiresAt = Start.AddDays(1) };
        var open = Start.AddSeconds(seconds);

        CodeRules.Decide(challenge, budget, true, open).ShouldBeOfType<CodeVerdict.Right>();
        if (seconds == 0) return;
        CodeRules.Decide(challenge, budget, true, open.AddMilliseconds(-1))
            .ShouldBe(new CodeVerdict.Delayed(TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public void Decide_FailuresOfYesterday_NoLongerCount()
    {
        var budget = Failures(20, Start);
        var challenge = Fresh with { ExpiresAt = Start.AddDays(2) };

        CodeRules.Decide(challenge, budget, true, Start.AddHours(24)).ShouldBeOfType<CodeVerdict.Right>();
    }

    [Fact]
    public void Decide_DelayedTry_IsNoFailure()
    {
        var budget = Failures(10, Start);

        CodeRules.Decide(Fresh, budget, false, Start).ShouldBeOfType<CodeVerdict.Delayed>();
    }

    [Fact]
    public void Decide_SeveralReasons_AnswersTheFirstInOrder()
    {
        var budget = Failures(10, Start.AddMinutes(10));
        var late = Start.AddMinutes(11);
        var spent = Fresh with { Attempts = 5 };

        CodeRules.Decide(spent with { ConsumedAt = Start }, budget, true, late)
            .ShouldBe(new CodeVerdict.Used());
        CodeRules.Decide(spent, budget, true, late).ShouldBe(new CodeVerdict.Expired());
        CodeRules.Decide(spent, budget, true, Start.AddMinutes(10)).ShouldBe(new CodeVerdict.Exhausted());
    }

    private static CodeVerdict Decide(Challenge challenge, bool matches) =>
        CodeRules.Decide(challenge, ContactBudget.Empty, matches, Start);

    private static ContactBudget Failures(int count, DateTimeOffset at) =>
        ContactBudget.Empty with { Failures = [.. Enumerable.Repeat(at, count)] };
}
