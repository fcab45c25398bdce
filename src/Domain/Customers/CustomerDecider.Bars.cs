using static CustomerGrains.Domain.Customers.CustomerCommand;
using static CustomerGrains.Domain.Customers.CustomerEvent;

namespace CustomerGrains.Domain.Customers;

public static partial class CustomerDecider
{
    /// <remarks>An end in the past is no concern here: whoever parses the request refuses it, and
    /// a bar that is over bars nobody.</remarks>
    private static Decision ImposeBar(Customer customer, ImposeBar command)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.CustomerNotFound);
        if (IsStale(customer, command)) return Decision.Refuse(Refusal.VersionMismatch);
        var bar = command.Bar;
        if (customer.Bar is { } present && present.IsLike(bar)) return Decision.Nothing;

        var old = customer.Status;
        return Decision.Record(bar.Kind == BarKind.Blocked
            ? new Blocked(
                old, bar.Scope, bar.ReasonCode, bar.Comment, bar.PublicReason, bar.By)
            : new Suspended(
                old, bar.Scope, bar.ReasonCode, bar.Comment, bar.PublicReason, bar.Until, bar.By));
    }

    private static Decision LiftBar(Customer customer, LiftBar command)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.CustomerNotFound);
        if (IsStale(customer, command)) return Decision.Refuse(Refusal.VersionMismatch);
        if (customer.Bar is null) return Decision.Nothing;

        return Decision.Record(new Unblocked(
            customer.Status, StatusWithoutBar(customer), command.Comment, command.By));
    }

    /// <remarks>Idempotent: any number of silos may have seen that the time is up, and an
    /// administrator may have barred the customer again since.</remarks>
    private static Decision EndSuspension(Customer customer, DateTimeOffset now)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.CustomerNotFound);
        return customer.Bar?.IsOver(now) == true
            ? Decision.Record(new SuspensionEnded(customer.Status, StatusWithoutBar(customer)))
            : Decision.Nothing;
    }

    private static AccountStatus StatusWithoutBar(Customer customer) =>
        (customer with { Bar = null }).Status;
}
