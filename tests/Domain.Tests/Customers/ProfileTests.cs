using CustomerGrains.Domain.Customers;
using Shouldly;
using Xunit;
using static CustomerGrains.Domain.Tests.Customers.Samples;

namespace CustomerGrains.Domain.Tests.Customers;

public sealed class ProfileTests
{
    [Fact]
    public void SignUp_Twice_IsRefused() => Scenario.GivenSignedUp()
        .When(new CustomerCommand.SignUp(ContactChannel.Email, "a@example.org"))
        .ThenRefused(Refusal.CustomerExists);

    [Fact]
    public void SignUp_ByEmail_ProvesIt()
    {
        var customer = Scenario.Given(
            new CustomerCommand.SignUp(ContactChannel.Email, "a@example.org")).Customer;
        (customer.Email, customer.EmailVerified, customer.Phone, customer.Version, customer.Status)
            .ShouldBe(("a@example.org", true, null, 1, AccountStatus.Active));
    }

    [Fact]
    public void CreateGuest_MakesATemporaryCustomer()
    {
        var guest = Scenario.Given(new CustomerCommand.CreateGuest()).Customer;
        guest.IsTemporary.ShouldBeTrue();
        (guest.Phone, guest.Email).ShouldBe((null, null));
    }

    [Fact]
    public void SignIn_ByAnImportedContact_ProvesItOnce()
    {
        var signIn = new CustomerCommand.SignIn(ContactChannel.Phone, "+4915112345678");
        var scenario = Scenario.Given(new CustomerCommand.Import(
            "Ann", "+4915112345678", "a@example.org", null, []));
        scenario.Customer.PhoneVerified.ShouldBeFalse();
        scenario.When(signIn).Then(
            new CustomerEvent.ContactProved(ContactChannel.Phone), new CustomerEvent.SignedIn());
        (scenario.Customer.PhoneVerified, scenario.Customer.EmailVerified).ShouldBe((true, false));
        scenario.When(signIn).Then(new CustomerEvent.SignedIn());
    }

    [Fact]
    public void AnyCommand_OnACustomerWhoDoesNotLive_IsRefused()
    {
        foreach (var command in (CustomerCommand[])
            [new CustomerCommand.SignIn(ContactChannel.Phone, "+1"), Rename("x"), Add(1), Remove(1), Default(1),
             new CustomerCommand.EditAddress(Id(1), new()),
             new CustomerCommand.AddMedia(Id(1), "image/png", 1)])
            Scenario.Given().When(command with { ExpectedVersion = 7 })
                .ThenRefused(Refusal.CustomerUnknown);
    }

    [Fact]
    public void Edit_RecordsEachDifferenceWithOldAndNew() => Scenario
        .GivenSignedUp(Rename("Ann"))
        .When(new CustomerCommand.EditProfile
        {
            Name = new("Anna"),
            Gender = new(Gender.Female),
            PreferredLanguage = new("en"),
        })
        .Then(
            new CustomerEvent.NameChanged("Ann", "Anna"),
            new CustomerEvent.GenderChanged(null, Gender.Female));

    [Fact]
    public void Edit_WithNull_Clears() => Scenario.GivenSignedUp(Rename("Ann"))
        .When(Rename(null))
        .Then(new CustomerEvent.NameChanged("Ann", null));

    [Fact]
    public void Edit_OnAnOldVersion_IsRefused_AndOnThePresentOne_Accepted()
    {
        var scenario = Scenario.GivenSignedUp(Rename("Ann"));
        scenario.When(Rename("x") with { ExpectedVersion = 1 }).ThenRefused(Refusal.VersionMismatch);
        scenario.When(Rename("x") with { ExpectedVersion = 2 }).ThenAccepted().Version.ShouldBe(3);
    }

    [Fact]
    public void Edit_WithMediaOfNobody_IsRefusedAfterTheVersion()
    {
        var avatar = new CustomerCommand.EditProfile { AvatarMediaId = new(Id(5)) };
        Scenario.GivenSignedUp().When(avatar).ThenRefused(Refusal.MediaUnknown);
        Scenario.GivenSignedUp().When(avatar with { ExpectedVersion = 9 })
            .ThenRefused(Refusal.VersionMismatch);
        Scenario.GivenSignedUp(new CustomerCommand.AddMedia(Id(5), "image/png", 1)).When(avatar)
            .Then(new CustomerEvent.AvatarChanged(null, Id(5)));
    }

    [Fact]
    public void AddMedia_PastTheLimit_IsRefused()
    {
        var scenario = Scenario.GivenSignedUp([.. Enumerable.Range(1, Limits.MediaPerCustomerMax)
            .Select(i => new CustomerCommand.AddMedia(Id(i), "image/png", 1))]);
        scenario.When(new CustomerCommand.AddMedia(Id(999), "image/png", 1))
            .ThenRefused(Refusal.MediaLimit);
    }

    [Fact]
    public void Preferences_Merge_AndNullRestoresOrRemoves()
    {
        var scenario = Scenario.GivenSignedUp();
        scenario.When(Prefer(new("sms", false), new("whatsapp", true))).ThenAccepted();
        Shown(scenario).ShouldBe("email=True push=True sms=False whatsapp=True");
        scenario.When(Prefer(new("sms", null), new("whatsapp", null))).ThenAccepted();
        scenario.Customer.Profile.Preferences.ShouldBeSameAs(NotificationPreferences.Default);
        scenario.When(Prefer(KeyValuePair.Create("push", (bool?)false))).ThenAccepted();
        scenario.When(new CustomerCommand.EditProfile { Preferences = new(null) }).ThenAccepted();
        scenario.Customer.Profile.Preferences.ShouldBeSameAs(NotificationPreferences.Default);
    }

    [Fact]
    public void Preferences_PastTheLimit_AreInvalid()
    {
        var added = Limits.PreferenceKeysMax - 3;
        var keys = Enumerable.Range(0, added + 1).Select(i => $"k{i}").ToArray();
        var scenario = Scenario.GivenSignedUp();
        scenario.When(Prefer([.. keys[..added].Select(k => KeyValuePair.Create(k, (bool?)true))]))
            .ThenAccepted();
        scenario.When(Prefer(new KeyValuePair<string, bool?>(keys[added], true)))
            .ThenInvalid("notification_preferences");
    }

    [Fact]
    public void Completion_CountsWhatIsFilled_AndNamesTheRest()
    {
        var scenario = Scenario.GivenSignedUp();
        var first = CompletionRules.AsDelivered.Of(scenario.Customer);
        first.Percentage.ShouldBe(20);
        first.Missing.ShouldBe(
            ["name", "email", "date_of_birth", "addresses", "gender", "avatar_media_id"]);

        scenario.When(Rename("Ann")).ThenAccepted();
        scenario.When(Add(1)).ThenAccepted();
        CompletionRules.AsDelivered.Of(scenario.Customer).Percentage.ShouldBe(50);

        var full = scenario.Customer with
        {
            Email = "a@example.org",
            EmailVerified = true,
            Profile = scenario.Customer.Profile with
            {
                Gender = Gender.Other,
                DateOfBirth = new DateOnly(1990, 1, 1),
                AvatarMediaId = Id(1),
            },
        };
        CompletionRules.AsDelivered.Of(full).Percentage.ShouldBe(100);
        CompletionRules.AsDelivered.Of(full).Missing.ShouldBeEmpty();
    }

    [Fact]
    public void RefusalOf_AToken_DependsOnWhenItWasIssued()
    {
        var customer = Scenario.GivenSignedUp().Customer with { TokensValidAfter = Scenario.Start };
        var now = Scenario.Start.AddHours(1);
        customer.RefusalOf(Scenario.Start.AddMilliseconds(-1), now).ShouldBe(Refusal.TokenRevoked);
        customer.RefusalOf(Scenario.Start, now).ShouldBeNull();
        Customer.Unborn(Id(1)).RefusalOf(Scenario.Start, now).ShouldBe(Refusal.CustomerUnknown);
    }

    private static CustomerCommand Prefer(params KeyValuePair<string, bool?>[] changes) =>
        new CustomerCommand.EditProfile { Preferences = new([.. changes]) };

    private static string Shown(Scenario scenario) => string.Join(
        ' ', scenario.Customer.Profile.Preferences.Members.Select(m => $"{m.Key}={m.Value}"));
}
