using CustomerGrains.Domain.Customers;
using Xunit;

namespace CustomerGrains.Domain.Tests.Customers;

public sealed class ExportTests
{
    private static readonly Guid Id = Samples.Id(5);

    [Fact]
    public void Request_IsRecorded() =>
        Scenario.GivenSignedUp().When(Request()).Then(new CustomerEvent.ExportRequested(Id));

    [Fact]
    public void Request_WhileOneIsBeingMade_RecordsNothing() =>
        Scenario.GivenSignedUp().When(Request(running: Samples.Id(4), earlier: 9)).Then();

    [Fact]
    public void Request_UpToTheLimit_IsAccepted_AndOneMoreWaitsForTheOldest()
    {
        var scenario = Scenario.GivenSignedUp();
        scenario.When(Request(earlier: Limits.ExportsMax - 1)).ThenAccepted();
        // The oldest that counts was asked for at the start; the command comes two seconds later.
        scenario.When(Request(earlier: Limits.ExportsMax)).ThenRefused(
            Refusal.ExportLimit, Limits.ExportWindow - (scenario.Now - Scenario.Start));
    }

    [Fact]
    public void Refusals_InTheirOrder()
    {
        var command = Request(earlier: Limits.ExportsMax) with { ExpectedVersion = 9 };
        Scenario.Given().When(command).ThenRefused(Refusal.CustomerUnknown);
        Scenario.GivenSignedUp().When(command).ThenRefused(Refusal.VersionMismatch);
    }

    private static CustomerCommand.RequestExport Request(Guid? running = null, int earlier = 0) =>
        new(Id, running, [.. Enumerable.Repeat(Scenario.Start, earlier)]);
}
