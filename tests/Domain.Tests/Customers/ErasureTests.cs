using CustomerGrains.Domain.Customers;
using Shouldly;
using Xunit;
using static CustomerGrains.Domain.Customers.CustomerEvent;

namespace CustomerGrains.Domain.Tests.Customers;

public sealed class ErasureTests
{
    private const string NewPhone = "+4915112345699";

    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    private static readonly CustomerCommand Request = new CustomerCommand.RequestErasure(Grace);
    private static readonly CustomerCommand Cancel = new CustomerCommand.CancelErasure();
    private static readonly CustomerCommand Run = new CustomerCommand.Erase();

    private static readonly Guid Order = Samples.Id(77);

    [Fact]
    public void Request_StartsTheGraceTime_AndAskingAgainDoesNotStartItAnew()
    {
        var scenario = Scenario.GivenSignedUp().When(Request);
        var runsAt = scenario.Now + Grace;
        scenario.Then(new ErasureRequested(runsAt))
            .Erasure.ShouldBe(new Erasure(scenario.Now, runsAt));
        scenario.After(TimeSpan.FromDays(1)).When(Request).Then();
        scenario.Customer.Erasure!.RunsAt.ShouldBe(runsAt);
    }

    [Fact]
    public void Request_WithoutGraceTime_RunsAtOnce_UnlessSomethingStandsInTheWay()
    {
        var now = new CustomerCommand.RequestErasure(TimeSpan.Zero);
        var scenario = Scenario.GivenSignedUp().When(now);
        scenario.Then(new ErasureRequested(scenario.Now), new Erased(ErasureCause.Requested));

        scenario = Scenario.GivenSignedUp().AndOrder(Order).When(now);
        scenario.Then(new ErasureRequested(scenario.Now)).Lives.ShouldBeTrue();
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public void Run_IsDoneFromItsTimeOn(int milliseconds, bool isDone)
    {
        var scenario = Scenario.GivenSignedUp().When(Request);
        scenario.After(Grace - TimeSpan.FromSeconds(1) + TimeSpan.FromMilliseconds(milliseconds))
            .When(Run).ThenAccepted();
        scenario.Customer.IsErased.ShouldBe(isDone);
        scenario.Decision.Events.IsEmpty.ShouldBe(!isDone);
    }

    [Fact]
    public void Run_UnaskedOrCancelled_DoesNothing()
    {
        Scenario.GivenSignedUp().When(Run).Then();
        Scenario.GivenSignedUp(Request, Cancel).After(Grace * 2).When(Run).Then();
    }

    [Fact]
    public void Run_WaitsForOrdersUnderWay()
    {
        var scenario = Scenario.GivenSignedUp(Request).AndOrder(Order).After(Grace * 2);
        scenario.When(Run).Then();
        scenario.Customer.WaitsOfErasure(scenario.Now).ShouldBe([new(ErasureWaitKind.ActiveOrder, Order)]);

        scenario.When(new CustomerCommand.ProgressOrder(Order, OrderStatus.Failed)).ThenAccepted();
        scenario.When(Run).Then(new Erased(ErasureCause.Requested)).Lives.ShouldBeFalse();
    }

    [Fact]
    public void Run_WaitsAsLongAsAContactChangeCanBeUndone()
    {
        var scenario = Scenario.GivenSignedUp(Request).After(Grace)
            .When(Changes.RequestPhone(1, NewPhone)).When(Changes.Verify(1, true));
        var changed = scenario.Now;
        scenario.When(Run).Then();
        scenario.Customer.WaitsOfErasure(scenario.Now)
            .ShouldBe([new(ErasureWaitKind.ContactUndo, Until: changed + Limits.UndoWindow)]);

        scenario.After(Limits.UndoWindow).When(Run).Then(new Erased(ErasureCause.Requested));
    }

    [Fact]
    public void Undo_ByTheOldContact_TakesTheWishBack()
    {
        var scenario = Scenario.GivenSignedUp()
            .When(Changes.RequestPhone(1, NewPhone)).When(Changes.Verify(1, true))
            .When(Request);
        var runsAt = scenario.Now + Grace;
        scenario.When(Changes.Undo(1)).Then(
            new ContactRestored(ContactChannel.Phone, NewPhone, "+4915112345678"),
            new ErasureCancelled(runsAt, ByOldContact: true)).Erasure.ShouldBeNull();
    }

    [Fact]
    public void Cancel_InTheGraceTimeOrWhileDeferred_LeavesTheCustomer()
    {
        var scenario = Scenario.GivenSignedUp(Request).AndOrder(Order).After(Grace * 2);
        var runsAt = scenario.Customer.Erasure!.RunsAt;
        scenario.When(Cancel).Then(new ErasureCancelled(runsAt, ByOldContact: false))
            .Erasure.ShouldBeNull();
        scenario.When(Cancel).ThenRefused(Refusal.ErasureUnknown);
    }

    [Fact]
    public void Erased_KeepsTheBooks_AndNothingOfThePerson()
    {
        var scenario = Scenario.GivenSignedUp(
            Samples.Rename("Ann"), Samples.Add(1), Bars.Impose(BarKind.Blocked),
            new CustomerCommand.AddMedia(Samples.Id(3), "image/png", 1), Request);
        var before = scenario.Customer;
        var after = scenario.After(Grace).When(Run).Then(new Erased(ErasureCause.Requested));

        after.ShouldBe(new Customer
        {
            Id = before.Id,
            Version = before.Version + 1,
            TokensValidAfter = scenario.Now,
            CreatedAt = before.CreatedAt,
            UpdatedAt = scenario.Now,
            Profile = after.Profile,
            Erasure = before.Erasure! with { IsDone = true },
        });
        after.Profile.ShouldBe(Profile.Empty with { TotalSpend = before.Profile.TotalSpend });
    }

    [Fact]
    public void Erased_NobodyIsThereAnyMore()
    {
        var scenario = Scenario.GivenSignedUp(Request).After(Grace).When(Run);
        foreach (var (command, refusal) in ((CustomerCommand, Refusal)[])
        [
            (Request, Refusal.CustomerUnknown),
            (Cancel, Refusal.CustomerUnknown),
            (Run, Refusal.CustomerNotFound),
            (Samples.Rename("Zoë"), Refusal.CustomerUnknown),
            (Samples.Add(1), Refusal.CustomerUnknown),
            (Bars.Impose(BarKind.Blocked), Refusal.CustomerNotFound),
            (new CustomerCommand.PlaceOrder(Order), Refusal.OrderCustomerUnknown),
        ])
            scenario.When(command).ThenRefused(refusal);
    }

    [Fact]
    public void Pending_StandsInTheWayOfAMerge_AndAnOpenMergeInTheWayOfIt()
    {
        var scenario = Scenario.GivenSignedUp(Request);
        MergeRules.BlockersOf(scenario.Customer, scenario.Now).Select(b => b.Obstacle)
            .ShouldBe([MergeObstacle.ErasurePending]);
        var merging = scenario.Customer with
        {
            Merges =
            [
                new MergeRecord
                {
                    MergeId = Order, OtherId = Order, Stage = MergeStage.Absorbing, At = scenario.Now,
                },
            ],
        };
        merging.WaitsOfErasure(scenario.Now).ShouldBe([new(ErasureWaitKind.OpenMerge)]);
        merging.Decide(Run, scenario.Now + Grace).Events.ShouldBeEmpty();
    }

    [Fact]
    public void Refusals_InTheirOrder()
    {
        var unborn = Scenario.Given();
        unborn.When(Request).ThenRefused(Refusal.CustomerUnknown);
        unborn.When(Cancel with { ExpectedVersion = 7 }).ThenRefused(Refusal.CustomerUnknown);
        unborn.When(Run).ThenRefused(Refusal.CustomerNotFound);

        var living = Scenario.GivenSignedUp();
        living.When(Cancel with { ExpectedVersion = 7 }).ThenRefused(Refusal.ErasureUnknown);
        living.When(Request with { ExpectedVersion = 7 }).ThenRefused(Refusal.VersionMismatch);
        living.When(Request).ThenAccepted();
        living.When(Cancel with { ExpectedVersion = 7 }).ThenRefused(Refusal.VersionMismatch);
    }
}
