namespace CustomerGrains.Domain.SignIn;

public static class SendRules
{
    /// <summary>Decides on sending a code. Earlier codes of the contact stay valid: else a stranger
    /// could invalidate somebody's code by asking for another.</summary>
    /// <param name="budget">Of the destination, over all purposes.</param>
    /// <param name="series">Of the purpose and destination; null when there is none.</param>
    public static SendVerdict Decide(ContactBudget budget, SendSeries? series, DateTimeOffset now)
    {
        var cooldownEndsAt = series is null || series.IsOver(now)
            ? DateTimeOffset.MinValue
            : series.CooldownEndsAt;
        var roomAt = budget.RoomForSendAt();
        var possibleAt = Later(cooldownEndsAt, roomAt);

        if (now < cooldownEndsAt) return new SendVerdict.CoolingDown(possibleAt - now);
        if (now < roomAt) return new SendVerdict.LimitReached(possibleAt - now);

        var spent = budget.WithSend(now);
        var continued = SendSeries.After(series, now);
        return new SendVerdict.Allowed(
            spent,
            continued,
            now + SignInLimits.CodeLifetime,
            Later(continued.CooldownEndsAt, spent.RoomForSendAt()));
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
