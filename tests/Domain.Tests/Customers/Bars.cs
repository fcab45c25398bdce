using CustomerGrains.Domain.Customers;

namespace CustomerGrains.Domain.Tests.Customers;

/// <summary>Bars with everything said that can be said.</summary>
internal static class Bars
{
    public const string PublicReason = "Payments were disputed.";

    public static readonly Guid Admin = Samples.Id(900);

    public static Bar Of(
        BarKind kind, BarScope scope = BarScope.All, DateTimeOffset? until = null) => new()
    {
        Kind = kind,
        Scope = scope,
        ReasonCode = "payment-fraud",
        Comment = "Three chargebacks.",
        PublicReason = PublicReason,
        Until = until,
        By = Admin,
    };

    public static CustomerCommand.ImposeBar Impose(
        BarKind kind, BarScope scope = BarScope.All, DateTimeOffset? until = null) =>
        new(Of(kind, scope, until));

    public static CustomerCommand Lift() => new CustomerCommand.LiftBar("Settled.", Admin);

    public static CustomerCommand End() => new CustomerCommand.EndSuspension();
}
