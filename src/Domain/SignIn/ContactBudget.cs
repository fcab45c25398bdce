using System.Collections.Immutable;

namespace CustomerGrains.Domain.SignIn;

/// <summary>What is remembered of one destination: the codes sent to it and the wrong tries made
/// with them, oldest first. What lies outside its window no longer counts.</summary>
public sealed record ContactBudget(
    ImmutableArray<DateTimeOffset> Sends,
    ImmutableArray<DateTimeOffset> Failures)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    public static ContactBudget Empty { get; } = new([], []);

    public ContactBudget WithSend(DateTimeOffset now) => this with
    {
        Sends = [.. Within(Sends, Day, now).TakeLast(SignInLimits.SendsPerDayMax - 1), now],
    };

    public ContactBudget WithFailure(DateTimeOffset now) => this with
    {
        Failures =
        [
            .. Within(Failures, SignInLimits.FailureWindow, now)
                .TakeLast(SignInLimits.FailuresRememberedMax - 1),
            now,
        ],
    };

    /// <summary>The first moment at which the hour and the day have room for another send; in the
    /// past when they have it already.</summary>
    public DateTimeOffset RoomForSendAt()
    {
        var hour = RoomAt(SignInLimits.SendsPerHourMax, Hour);
        var day = RoomAt(SignInLimits.SendsPerDayMax, Day);
        return hour > day ? hour : day;
    }

    /// <summary>The first moment at which another try is looked at; in the past when it is at
    /// once.</summary>
    public DateTimeOffset NextTryAt(DateTimeOffset now)
    {
        var failures = Within(Failures, SignInLimits.FailureWindow, now).Count();
        if (failures < SignInLimits.FailuresBeforeDelay) return DateTimeOffset.MinValue;
        var delay = Doubling.Of(
            SignInLimits.FirstDelay,
            failures - SignInLimits.FailuresBeforeDelay,
            SignInLimits.LongestDelay);
        return Failures[^1] + delay;
    }

    private DateTimeOffset RoomAt(int max, TimeSpan window) =>
        Sends.Length < max ? DateTimeOffset.MinValue : Sends[^max] + window;

    private static IEnumerable<DateTimeOffset> Within(
        ImmutableArray<DateTimeOffset> times, TimeSpan window, DateTimeOffset now) =>
        times.Where(time => now - time < window);
}
