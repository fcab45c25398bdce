using CustomerGrains.Domain.Customers;
using Shouldly;
using Xunit;

namespace CustomerGrains.Domain.Tests.Customers;

public sealed class ActivityTests
{
    private static readonly CustomerCommand.RecordActivity Record = new(
        [new(ActivityKind.SessionStarted, "s-1", Scenario.Start)]);

    [Fact]
    public void RecordActivity_IsAnEventAndChangesNothingElse()
    {
        var scenario = Scenario.GivenSignedUp();
        var before = scenario.Customer;

        var after = scenario.When(Record).Then(new CustomerEvent.ActivityRecorded(Record.Items));

        after.ShouldBe(before with { Version = 2, UpdatedAt = after.UpdatedAt });
    }

    [Fact]
    public void RecordActivity_OfNobody_IsRefused() =>
        new Scenario().When(Record).ThenRefused(Refusal.CustomerUnknown);

    [Fact]
    public void RecordActivity_FromAnOldVersion_IsRefused() =>
        Scenario.GivenSignedUp().When(Record with { ExpectedVersion = 0 })
            .ThenRefused(Refusal.VersionMismatch);
}
