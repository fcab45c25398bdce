using CustomerGrains.Domain.Customers;
using Shouldly;
using Xunit;
using static CustomerGrains.Domain.Tests.Customers.Samples;

namespace CustomerGrains.Domain.Tests.Customers;

public sealed class AddressTests
{
    [Fact]
    public void Add_TheFirst_MakesItTheDefault() => Scenario.GivenSignedUp()
        .When(Add(1))
        .Then(
            new CustomerEvent.AddressAdded(Id(1), Home),
            new CustomerEvent.DefaultAddressChanged(null, Id(1), Chosen: false));

    [Fact]
    public void Add_TheSecond_LeavesTheDefault() => Scenario.GivenSignedUp(Add(1))
        .When(Add(2))
        .Then(new CustomerEvent.AddressAdded(Id(2), Home));

    [Fact]
    public void Add_AsDefault_MovesTheDefault() => Scenario.GivenSignedUp(Add(1))
        .When(Add(2, asDefault: true))
        .Then(
            new CustomerEvent.AddressAdded(Id(2), Home),
            new CustomerEvent.DefaultAddressChanged(Id(1), Id(2), Chosen: true));

    [Fact]
    public void Add_AtTheLimit_IsAccepted_AndPastIt_Refused()
    {
        var scenario = Scenario.GivenSignedUp(
            [.. Enumerable.Range(1, Limits.AddressesPerCustomerMax - 1).Select(i => Add(i))]);
        scenario.When(Add(1000)).ThenAccepted().Addresses.Length
            .ShouldBe(Limits.AddressesPerCustomerMax);
        scenario.When(Add(1001)).ThenRefused(Refusal.AddressLimit);
    }

    [Fact]
    public void Add_WithHalfACoordinate_NamesTheOtherHalf() => Scenario.GivenSignedUp()
        .When(new CustomerCommand.AddAddress(
            new(Id(1), Home with { Latitude = 1 }), AsDefault: false))
        .ThenInvalid("longitude");

    [Fact]
    public void Add_WithNeitherDoorNorCoordinates_NamesWhatIsNeeded() => Scenario.GivenSignedUp()
        .When(new CustomerCommand.AddAddress(
            new(Id(1), new AddressDetails { Country = "PT" }), AsDefault: false))
        .ThenInvalid("line1", "city", "postal_code");

    [Fact]
    public void Add_WithCoordinatesAlone_IsAccepted() => Scenario.GivenSignedUp()
        .When(new CustomerCommand.AddAddress(
            new(Id(1), new AddressDetails { Country = "PT", Latitude = 1, Longitude = 2 }),
            AsDefault: false))
        .ThenAccepted();

    [Fact]
    public void Edit_ThatClearsTheDoor_IsInvalid() => Scenario.GivenSignedUp(Add(1))
        .When(new CustomerCommand.EditAddress(Id(1), new() { Line1 = new(null) }))
        .ThenInvalid("line1");

    [Fact]
    public void Edit_ToTheSame_RecordsNothing() => Scenario.GivenSignedUp(Add(1))
        .When(new CustomerCommand.EditAddress(Id(1), new() { City = new("Lisbon") }))
        .Then();

    [Fact]
    public void SetDefault_OfTheDefault_RecordsNothing() =>
        Scenario.GivenSignedUp(Add(1)).When(Default(1)).Then();

    [Fact]
    public void SetDefault_OfAnother_MovesIt() => Scenario.GivenSignedUp(Add(1), Add(2))
        .When(Default(2))
        .Then(new CustomerEvent.DefaultAddressChanged(Id(1), Id(2), Chosen: true));

    [Fact]
    public void Remove_TheDefault_PromotesTheNewestWhenNoneWasUsed()
    {
        var customer = Scenario.GivenSignedUp(Add(1), Add(2), Add(3)).When(Remove(1)).ThenAccepted();
        customer.DefaultAddressId.ShouldBe(Id(3));
    }

    [Fact]
    public void Remove_TheDefault_PromotesTheMostRecentlyUsed()
    {
        var customer = Scenario
            .GivenSignedUp(Add(1), Add(2), Add(3), Default(2), Default(1))
            .When(Remove(1)).ThenAccepted();
        customer.DefaultAddressId.ShouldBe(Id(2));
    }

    [Fact]
    public void Remove_TheLast_LeavesNoDefault()
    {
        var customer = Scenario.GivenSignedUp(Add(1)).When(Remove(1)).ThenAccepted();
        customer.DefaultAddressId.ShouldBeNull();
        customer.Addresses.ShouldBeEmpty();
    }

    [Fact]
    public void Remove_AnotherThanTheDefault_LeavesTheDefault() =>
        Scenario.GivenSignedUp(Add(1), Add(2)).When(Remove(2)).ThenAccepted()
            .DefaultAddressId.ShouldBe(Id(1));

    [Theory]
    [InlineData("remove")]
    [InlineData("default")]
    [InlineData("edit")]
    public void AnyCommand_OnAnUnknownAddress_IsRefusedBeforeTheVersionIsLookedAt(string what)
    {
        CustomerCommand command = what switch
        {
            "remove" => Remove(9),
            "default" => Default(9),
            _ => new CustomerCommand.EditAddress(Id(9), new()),
        };
        Scenario.GivenSignedUp(Add(1)).When(command with { ExpectedVersion = 1 })
            .ThenRefused(Refusal.AddressUnknown);
    }

    [Fact]
    public void Degrees_AreRoundedAndLoseTrailingZeros()
    {
        AddressDetails.Degrees(12.340000000m).ToString(null, null).ShouldBe("12.34");
        AddressDetails.Degrees(12.123456789m).ShouldBe(12.12345679m);
        AddressDetails.Degrees(-0.000000001m).ShouldBe(0);
    }
}
