using static CustomerGrains.Domain.Customers.CustomerCommand;
using static CustomerGrains.Domain.Customers.CustomerEvent;

namespace CustomerGrains.Domain.Customers;

public static partial class CustomerDecider
{
    /// <remarks>Asking again does not begin anew: the first wish counts.</remarks>
    private static Decision RequestErasure(
        Customer customer, RequestErasure command, DateTimeOffset now)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.CustomerUnknown);
        if (customer.Erasure is not null) return Decision.Nothing;
        if (IsStale(customer, command)) return Decision.Refuse(Refusal.VersionMismatch);

        var requested = new ErasureRequested(now + command.Grace);
        return command.Grace <= TimeSpan.Zero && customer.WaitsOfErasure(now).IsEmpty
            ? Decision.Record(requested, new Erased(ErasureCause.Requested))
            : Decision.Record(requested);
    }

    private static Decision CancelErasure(Customer customer, CancelErasure command)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.CustomerUnknown);
        if (customer.Erasure is not { } erasure) return Decision.Refuse(Refusal.ErasureUnknown);
        if (IsStale(customer, command)) return Decision.Refuse(Refusal.VersionMismatch);

        return Decision.Record(new ErasureCancelled(erasure.RunsAt, ByOldContact: false));
    }

    /// <remarks>Idempotent, and never refused for coming too early: any number of silos may have
    /// seen that the time has come, and the customer may have changed since.</remarks>
    private static Decision EraseIfDue(Customer customer, DateTimeOffset now)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.CustomerNotFound);
        return customer.Erasure?.IsDue(now) == true && customer.WaitsOfErasure(now).IsEmpty
            ? Decision.Record(new Erased(ErasureCause.Requested))
            : Decision.Nothing;
    }

    /// <remarks>Idempotent: whoever came back, was promoted or has an order under way since
    /// somebody looked stays. Whoever is barred stays too, or the bar would go.</remarks>
    private static Decision ForgetIdleGuest(
        Customer customer, ForgetIdleGuest command, DateTimeOffset now)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.CustomerNotFound);
        return customer.IsTemporary
            && customer.UpdatedAt <= command.IdleSince
            && customer.BarToOrder(now) is null
            && customer.WaitsOfErasure(now).IsEmpty
            ? Decision.Record(new Erased(ErasureCause.IdleGuest))
            : Decision.Nothing;
    }

    /// <remarks>While one export is being made, asking for another is asking for that one.
    /// </remarks>
    private static Decision RequestExport(
        Customer customer, RequestExport command, DateTimeOffset now)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.CustomerUnknown);
        if (command.Running is not null) return Decision.Nothing;
        if (IsStale(customer, command)) return Decision.Refuse(Refusal.VersionMismatch);
        if (command.Recent.Length >= Limits.ExportsMax)
        {
            var oldest = command.Recent[^Limits.ExportsMax];
            return Decision.Refuse(Refusal.ExportLimit, oldest + Limits.ExportWindow - now);
        }

        return Decision.Record(new ExportRequested(command.ExportId));
    }
}
