using CustomerGrains.Domain.SignIn;
using Shouldly;
using Xunit;

namespace CustomerGrains.Domain.Tests.SignIn;

public sealed class SendRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Decide_FirstSend_LivesTenMinutesAndCoolsDownForThirtySeconds()
    {
        var allowed = Allowed(ContactBudget.Empty, null, Start);

        allowed.ExpiresAt.ShouldBe(Start.AddMinutes(10));
        allowed.ResendAfter.ShouldBe(Start.AddSeconds(30));
        allowed.Series.ShouldBe(new SendSeries(Start, Start, 1));
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 60)]
    [InlineData(3, 120)]
    [InlineData(4, 240)]
    [InlineData(9, 7_680)]
    public void Decide_NthSendOfASeries_CoolsDownTwiceAsLong(int sends, int seconds)
    {
        var series = new SendSeries(Start, Start, sends);
        var end = Start.AddSeconds(seconds);

        var early = SendRules.Decide(ContactBudget.Empty, series, end.AddMilliseconds(-1));
        early.ShouldBe(new SendVerdict.CoolingDown(TimeSpan.FromMilliseconds(1)));
        SendRules.Decide(ContactBudget.Empty, series, end).ShouldBeOfType<SendVerdict.Allowed>();
    }

    [Fact]
    public void Decide_SeriesOf24Hours_StartsAnew()
    {
        var old = new SendSeries(Start, Start.AddHours(23.9), 10);
        var now = Start.AddHours(24);

        Allowed(ContactBudget.Empty, old, now).Series.ShouldBe(new SendSeries(now, now, 1));
        SendRules.Decide(ContactBudget.Empty, old, now.AddMilliseconds(-1))
            .ShouldBeOfType<SendVerdict.CoolingDown>();
    }

    [Fact]
    public void Decide_FiveSendsInAnHour_RefusesTheSixthUntilTheFirstIsAnHourOld()
    {
        var budget = Sends(0, 10, 20, 30, 40);
        var free = Start.AddMinutes(60);

        SendRules.Decide(budget, null, free.AddMilliseconds(-1))
            .ShouldBe(new SendVerdict.LimitReached(TimeSpan.FromMilliseconds(1)));
        SendRules.Decide(budget, null, free).ShouldBeOfType<SendVerdict.Allowed>();
    }

    [Fact]
    public void Decide_TenSendsInADay_RefusesTheEleventhUntilTheFirstIsADayOld()
    {
        var budget = Sends(0, 100, 200, 300, 400, 500, 600, 700, 800, 900);
        var free = Start.AddHours(24);

        SendRules.Decide(budget, null, free.AddMilliseconds(-1))
            .ShouldBe(new SendVerdict.LimitReached(TimeSpan.FromMilliseconds(1)));
        SendRules.Decide(budget, null, free).ShouldBeOfType<SendVerdict.Allowed>();
    }

    [Fact]
    public void Decide_CoolingDownAndOverTheLimit_NamesTheLongerWait()
    {
        var now = Start.AddMinutes(41);
        var series = new SendSeries(Start, Start.AddMinutes(40), 5);

        SendRules.Decide(Sends(0, 10, 20, 30, 40), series, now)
            .ShouldBe(new SendVerdict.CoolingDown(TimeSpan.FromMinutes(19)));
    }

    [Fact]
    public void Decide_LastSendOfTheHour_SaysThatTheNextWaitsForTheHour() =>
        Allowed(Sends(0, 10, 20, 30), null, Start.AddMinutes(40)).ResendAfter
            .ShouldBe(Start.AddMinutes(60));

    [Fact]
    public void Decide_AskedEverySecondForTwoDays_StaysWithinEveryBudget()
    {
        var sends = new List<DateTimeOffset>();
        var (budget, series) = (ContactBudget.Empty, (SendSeries?)null);
        for (var now = Start; now < Start.AddDays(2); now = now.AddSeconds(1))
        {
            if (SendRules.Decide(budget, series, now) is not SendVerdict.Allowed allowed) continue;
            (budget, series) = (allowed.Budget, allowed.Series);
            sends.Add(now);
            sends.Count(t => now - t < TimeSpan.FromHours(1)).ShouldBeLessThanOrEqualTo(5);
            sends.Count(t => now - t < TimeSpan.FromHours(24)).ShouldBeLessThanOrEqualTo(10);
        }

        sends.Count.ShouldBeGreaterThan(15);
    }

    private static ContactBudget Sends(params int[] minutes) =>
        ContactBudget.Empty with { Sends = [.. minutes.Select(m => Start.AddMinutes(m))] };

    private static SendVerdict.Allowed Allowed(
        ContactBudget budget, SendSeries? series, DateTimeOffset now) =>
        SendRules.Decide(budget, series, now).ShouldBeOfType<SendVerdict.Allowed>();
}
