using static CustomerGrains.Domain.Customers.CustomerEvent;

namespace CustomerGrains.Domain.Customers;

public static partial class CustomerDecider
{
    /// <remarks>The same again changes nothing, whatever the evidence: to renew it, withdraw the
    /// verification and give it anew.</remarks>
    private static Decision Verify(Customer customer, CustomerCommand.Verify command)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.CustomerNotFound);
        if (IsStale(customer, command)) return Decision.Refuse(Refusal.VersionMismatch);
        var present = customer.Profile.IsVerified;
        return present == command.IsVerified
            ? Decision.Nothing
            : Decision.Record(new VerificationChanged(
                present, command.IsVerified, command.Evidence, command.Comment, command.By));
    }
}
