using CustomerGrains.Domain.Customers;
using Shouldly;
using Xunit;
using static CustomerGrains.Domain.Customers.CustomerCommand;
using static CustomerGrains.Domain.Customers.CustomerEvent;
using static CustomerGrains.Domain.Tests.Customers.Samples;

namespace CustomerGrains.Domain.Tests.Customers;

/// <summary>The steps of a merge, each on one customer.</summary>
public sealed class MergeTests
{
    private static readonly Guid Merge = Id(77);
    private static readonly Guid Redundant = Id(78);
    private static readonly Guid Survivor = Id(79);

    private static readonly FreezeForMerge Freezing = new(Merge, Survivor, "One person.");

    private static MergeExport Export(int addresses = 2, int orders = 3, decimal spend = 30m) => new()
    {
        CustomerId = Redundant,
        Addresses = [.. Enumerable.Range(50, addresses).Select(n => new Address
        {
            Id = Id(n), Details = Home, CreatedAt = Scenario.Start.AddYears(-1),
            UpdatedAt = Scenario.Start,
        })],
        DefaultAddressId = addresses == 0 ? null : Id(50),
        Orders = orders,
        Spend = spend,
        Phone = "+4915199999999",
        PhoneVerified = true,
        Email = "ann@example.org",
        EmailVerified = true,
    };

    private static AbsorbCustomer Absorbing(MergeExport? export = null) =>
        new(Merge, export ?? Export(), "One person.");

    private static Scenario Merged() => Scenario.GivenSignedUp(
        Add(1), Absorbing(), new AdoptContacts(Merge, Export()));

    [Fact]
    public void Freeze_HoldsEverythingElseBack()
    {
        var frozen = Scenario.GivenSignedUp(Freezing);
        frozen.Customer.IsFrozen.ShouldBeTrue();

        frozen.When(Rename("Zoë")).ThenRefused(Refusal.AccountMerging);
        frozen.When(Add(1)).ThenRefused(Refusal.AccountMerging);
        frozen.When(Bars.Impose(BarKind.Blocked, BarScope.All)).ThenRefused(Refusal.AccountMerging);
        frozen.When(new CustomerCommand.SignIn(ContactChannel.Phone, "+4915112345678"))
            .ThenRefused(Refusal.AccountMerging);
        frozen.Customer.RefusalOf(frozen.Now, frozen.Now).ShouldBe(Refusal.AccountMerging);
        frozen.When(Freezing).Then();
    }

    [Fact]
    public void Thaw_LeavesNoTrace()
    {
        var before = Scenario.GivenSignedUp().Customer;
        var after = Scenario.GivenSignedUp(Freezing)
            .When(new ThawFromMerge(Merge)).Then(new MergeThawed(Merge, Survivor));

        (after with { Version = before.Version, UpdatedAt = before.UpdatedAt })
            .Merges.ShouldBeEmpty();
        after.RefusalOf(Scenario.Start.AddDays(1), Scenario.Start).ShouldBeNull();
    }

    [Fact]
    public void MergeAway_TakesEverythingAndVoidsTokens()
    {
        var away = Scenario.GivenSignedUp(Add(1), Freezing)
            .When(new MergeAway(Merge)).Then(new MergedAway(Merge, Survivor));

        away.Lives.ShouldBeFalse();
        away.MergedInto.ShouldBe(Survivor);
        away.Addresses.ShouldBeEmpty();
        away.DefaultAddressId.ShouldBeNull();
        away.RefusalOf(Scenario.Start.AddDays(1), Scenario.Start).ShouldBe(Refusal.CustomerUnknown);
        away.Decide(Rename("x"), Scenario.Start).Refusal.ShouldBe(Refusal.CustomerUnknown);
        away.Decide(new MergeAway(Merge), Scenario.Start).ShouldSatisfyAllConditions(
            d => d.Refusal.ShouldBeNull(), d => d.Events.ShouldBeEmpty());
        MergeRules.BlockersOf(away, Scenario.Start)
            .ShouldBe([new(MergeObstacle.AlreadyMerged, away.Id)]);
    }

    [Fact]
    public void Absorb_SumsUpMovesAddressesAndKeepsTheOwnDefault()
    {
        var after = Scenario.GivenSignedUp(Add(1)).When(Absorbing()).ThenAccepted();

        after.Profile.TotalOrders.ShouldBe(3);
        after.Profile.TotalSpend.ShouldBe(30m);
        after.Profile.Tier.ShouldBe(CustomerTier.Regular);
        after.Addresses.Select(a => a.Id).ShouldBe([Id(50), Id(51), Id(1)], "oldest first");
        after.DefaultAddressId.ShouldBe(Id(1));
        after.FindMerge(Merge)!.Came.Addresses.ShouldBe([Id(50), Id(51)]);
        after.Decide(Absorbing(Export(0, 0, 0)), Scenario.Start).Events.ShouldBeEmpty();
    }

    [Fact]
    public void Absorb_WithoutOwnAddresses_TakesTheDefaultToo() =>
        Scenario.GivenSignedUp().When(Absorbing()).ThenAccepted()
            .DefaultAddressId.ShouldBe(Id(50));

    [Fact]
    public void Adopt_TakesOnlyWhatIsMissing()
    {
        var after = Merged().Customer;

        after.Phone.ShouldBe("+4915112345678", "its own");
        after.Email.ShouldBe("ann@example.org");
        after.EmailVerified.ShouldBeTrue();
        var record = after.FindMerge(Merge)!;
        (record.Stage, record.Came.Phone, record.Came.Email)
            .ShouldBe((MergeStage.Merged, false, true));
        after.Decide(new AdoptContacts(Merge, Export()), Scenario.Start).Events.ShouldBeEmpty();
    }

    [Fact]
    public void Adopt_ByAGuest_PromotesAndTheUndoDemotes()
    {
        var guest = Scenario.Given(
            new CreateGuest(), Absorbing(), new AdoptContacts(Merge, Export()));
        guest.Customer.IsTemporary.ShouldBeFalse();
        guest.Customer.Phone.ShouldBe("+4915199999999");

        var after = guest.When(new GiveBack(Merge, Export(), null)).ThenAccepted();
        after.IsTemporary.ShouldBeTrue();
        (after.Phone, after.Email).ShouldBe((null, null));
    }

    [Fact]
    public void Absorbing_HoldsBackChangesOfContactsOnly()
    {
        var s = Scenario.GivenSignedUp(Absorbing());

        s.When(Changes.RequestPhone(1, "+4915112340001")).ThenRefused(Refusal.AccountMerging);
        s.When(Rename("Zoë")).ThenAccepted();
    }

    [Fact]
    public void Undo_GivesBackWhatCameAndKeepsWhatWasNew()
    {
        var s = Merged();
        s.When(Add(2)).ThenAccepted();
        s.When(Remove(51)).ThenAccepted();
        s.When(Default(50)).ThenAccepted();

        var after = s.When(new GiveBack(Merge, Export(), "A mistake.")).ThenAccepted();

        after.Addresses.Select(a => a.Id).ShouldBe([Id(1), Id(2)]);
        after.DefaultAddressId.ShouldBe(Id(2), "the newest of those that stay");
        (after.Profile.TotalOrders, after.Profile.TotalSpend, after.Profile.Tier)
            .ShouldBe((0, 0m, CustomerTier.New));
        (after.Phone, after.Email).ShouldBe(("+4915112345678", null));
        after.Merges.ShouldBeEmpty();
        after.Decide(new GiveBack(Merge, Export(), null), Scenario.Start).Events.ShouldBeEmpty();
    }

    [Fact]
    public void Undo_OfAnAdoptedContactThatWasReplaced_LeavesTheNewOne()
    {
        var s = Merged();
        s.When(Changes.RequestEmail(1, "new@example.org")).ThenAccepted();
        s.When(Changes.Verify(1, right: true)).ThenAccepted();
        s.When(new GiveBack(Merge, Export(), null));
        s.Decision.Blockers.ShouldBe([new(MergeObstacle.ChangeFrozen, s.Customer.Id)]);

        s.After(TimeSpan.FromDays(4)).When(new GiveBack(Merge, Export(), null)).ThenAccepted()
            .Email.ShouldBe("new@example.org");
    }

    [Fact]
    public void Undo_AfterSevenDays_IsTooLate()
    {
        Merged().After(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(2))
            .When(new GiveBack(Merge, Export(), null)).ThenAccepted();
        Merged().After(TimeSpan.FromDays(7))
            .When(new GiveBack(Merge, Export(), null)).ThenRefused(Refusal.UndoOver);
    }

    [Fact]
    public void Undo_BeforeCompletion_IsRefused() => Scenario.GivenSignedUp(Absorbing())
        .When(new GiveBack(Merge, Export(), null)).ThenRefused(Refusal.MergeNotDone);

    [Fact]
    public void Undo_WithAContactThatTheSurvivorProvedItself_IsBlocked()
    {
        var s = Merged();
        s.When(Changes.RequestPhone(1, "+4915199999999")).ThenAccepted();
        s.When(Changes.Verify(1, right: true)).ThenAccepted();
        s.After(TimeSpan.FromDays(4)).When(new GiveBack(Merge, Export(), null));
        s.Decision.Blockers.ShouldBe([new(MergeObstacle.ContactInUse, s.Customer.Id)]);
    }

    [Fact]
    public void Revive_BringsBackWhatTheDatabaseHolds()
    {
        var s = Scenario.GivenSignedUp(Add(1), Freezing, new MergeAway(Merge));
        var revived = s.When(new Revive(Merge, Export().Addresses, Id(50))).ThenAccepted();

        revived.Lives.ShouldBeTrue();
        revived.Merges.ShouldBeEmpty();
        revived.Addresses.Length.ShouldBe(2);
        revived.DefaultAddressId.ShouldBe(Id(50));
        revived.Phone.ShouldBe("+4915112345678");
        s.When(new Revive(Merge, Export().Addresses, Id(50))).Then();
    }

    public static TheoryData<string, MergeObstacle> Blocked => new()
    {
        { "order", MergeObstacle.ActiveOrders },
        { "block", MergeObstacle.AccountBlocked },
        { "suspension", MergeObstacle.AccountSuspended },
        { "pending", MergeObstacle.ChangePending },
        { "undo", MergeObstacle.ChangeFrozen },
        { "merge", MergeObstacle.MergeInProgress },
    };

    [Theory]
    [MemberData(nameof(Blocked))]
    public void WhatStandsInTheWay_BlocksEitherSide(string what, MergeObstacle obstacle)
    {
        var s = Standing(what);
        s.When(Freezing);
        s.Decision.Refusal.ShouldBe(Refusal.MergeBlocked);
        s.Decision.Blockers.ShouldBe([new(obstacle, s.Customer.Id)]);
        s.When(Absorbing());
        s.Decision.Blockers.ShouldBe([new(obstacle, s.Customer.Id)]);
    }

    [Fact]
    public void TooManyAddressesTogether_Block()
    {
        Scenario.GivenSignedUp(Add(1)).When(Absorbing(Export(99))).ThenAccepted();
        Scenario.GivenSignedUp(Add(1)).When(Absorbing(Export(100))).Decision.Blockers
            .ShouldHaveSingleItem().Obstacle.ShouldBe(MergeObstacle.AddressLimit);
    }

    [Fact]
    public void TwentyFirstMerge_IsBlocked()
    {
        var s = Scenario.GivenSignedUp();
        for (var n = 0; n < Limits.MergesPerCustomerMax; n++)
        {
            s.When(new AbsorbCustomer(Id(100 + n), Export(0), null)).ThenAccepted();
            s.When(new AdoptContacts(Id(100 + n), null)).ThenAccepted();
        }

        s.When(Absorbing()).Decision.Blockers
            .ShouldHaveSingleItem().Obstacle.ShouldBe(MergeObstacle.MergeLimit);
    }

    [Fact]
    public void Nobody_IsUnknownAndOneselfIsTheSame()
    {
        var nobody = Customer.Unborn(Id(1));
        MergeRules.BlockersOf(nobody, Scenario.Start)
            .ShouldBe([new(MergeObstacle.CustomerUnknown, Id(1))]);
        var own = Scenario.GivenSignedUp().Customer;
        MergeRules.BlockersOf(own, MergeExport.Of(own), Scenario.Start)
            .ShouldBe([new(MergeObstacle.SameCustomer, own.Id)]);
    }

    [Fact]
    public void LinkFailures_ShareTheBudgetOfTheChannel()
    {
        var s = Scenario.GivenSignedUp();
        for (var n = 0; n < Limits.ContactFailuresMax; n++)
        {
            s.When(new CountLinkFailure(Merge, [ContactChannel.Phone], 4));
            s.Decision.Refusal.ShouldBe(Refusal.OtpWrong);
        }

        s.Customer.PhoneChanges.TriesLeft(s.Now).ShouldBe(0);
        s.Customer.EmailChanges.TriesLeft(s.Now).ShouldBe(Limits.ContactFailuresMax);
        s.When(Changes.RequestPhone(1, "+4915112340001"));
        s.Decision.Refusal.ShouldBe(Refusal.FailureBudgetSpent);
    }

    private static Scenario Standing(string what)
    {
        var s = Scenario.GivenSignedUp();
        switch (what)
        {
            case "order":
                return s.AndOrder(Id(5));
            case "block":
                s.When(Bars.Impose(BarKind.Blocked, BarScope.Ordering)).ThenAccepted();
                return s;
            case "suspension":
                s.When(Bars.Impose(BarKind.Suspended, BarScope.All)).ThenAccepted();
                return s;
            case "merge":
                s.When(new AbsorbCustomer(Id(90), Export(0), null)).ThenAccepted();
                return s;
            default:
                s.When(Changes.RequestPhone(1, "+4915112340001")).ThenAccepted();
                if (what == "undo") s.When(Changes.Verify(1, right: true)).ThenAccepted();
                return s;
        }
    }
}
