using CsCheck;
using CustomerGrains.Domain.Customers;
using Shouldly;
using Xunit;
using static CustomerGrains.Domain.Tests.Customers.Samples;

namespace CustomerGrains.Domain.Tests.Customers;

/// <summary>What holds after any sequence of commands. A failing run prints its seed.</summary>
public sealed class LawTests
{
    private static readonly string[] PreferenceKeys = ["sms", "push", "x", "y"];

    private static readonly Gen<int> Number = Gen.Int[1, 6];

    private static readonly Gen<CustomerCommand> Command = Gen.OneOf(
        Number.Select(n => Add(n)),
        Number.Select(n => Add(n, asDefault: true)),
        Number.Select(Remove),
        Number.Select(Default),
        Gen.Select(Number, Gen.String[1, 5], (n, city) => (CustomerCommand)
            new CustomerCommand.EditAddress(Id(n), new() { City = new(city) })),
        Gen.String[1, 3].Select(s => Rename(s)),
        Gen.Const((CustomerCommand)new CustomerCommand.SignIn(ContactChannel.Phone, "+4915112345678")),
        Gen.Select(Gen.Int[0, 3].Select(i => PreferenceKeys[i]), Gen.Bool.Nullable(), (key, value) =>
            (CustomerCommand)new CustomerCommand.EditProfile { Preferences = new([new(key, value)]) }),
        Gen.Enum<Gender>().Nullable().Select(g =>
            (CustomerCommand)new CustomerCommand.EditProfile { Gender = new(g) }),
        Number.Select(n => (CustomerCommand)new CustomerCommand.AddMedia(Id(n), "image/png", 1)),
        Number.Select(n =>
            (CustomerCommand)new CustomerCommand.EditProfile { AvatarMediaId = new(Id(n)) }),
        Number.Select(n => (CustomerCommand)new CustomerCommand.RecordActivity(
            [new(ActivityKind.CartAbandoned, $"s{n}", Scenario.Start)])),
        Number.Select(n => Changes.RequestPhone(n, $"+4915112340{n:D3}")),
        Number.Select(n => Changes.Resend(n)),
        Gen.Select(Number, Gen.Bool, (n, right) => Changes.Verify(n, right)),
        Number.Select(n => Changes.Cancel(n)),
        Number.Select(n => Changes.Undo(n)),
        Gen.Select(Gen.Enum<BarKind>(), Gen.Enum<BarScope>(), (kind, scope) =>
            (CustomerCommand)Bars.Impose(kind, scope)),
        Gen.Const(Bars.Lift()),
        Gen.Const((CustomerCommand)new CustomerCommand.RequestErasure(TimeSpan.FromDays(7))),
        Gen.Const((CustomerCommand)new CustomerCommand.CancelErasure()),
        Gen.Const((CustomerCommand)new CustomerCommand.Erase()));

    private static readonly Gen<CustomerCommand[]> Commands = Command.Array[0, 40];

    [Fact]
    public void The_default_is_a_living_address_and_missing_only_when_there_are_none() =>
        Commands.Sample(commands =>
        {
            foreach (var customer in Lives(commands))
            {
                if (customer.DefaultAddressId is { } id) customer.FindAddress(id).ShouldNotBeNull();
                else customer.Addresses.ShouldBeEmpty();
            }
        });

    [Fact]
    public void Deciding_twice_yields_nothing_the_second_time() =>
        Gen.Select(Commands, Command).Sample((commands, last) =>
        {
            // Signing in and use of an app are events each time they happen; a removed address is unknown after.
            if (last is CustomerCommand.SignIn or CustomerCommand.RemoveAddress
                or CustomerCommand.RecordActivity) return;
            // A code is sent or shown once; what was cancelled is no longer there.
            if (last is CustomerCommand.ResendContactChange or CustomerCommand.VerifyContactChange
                or CustomerCommand.CancelContactChange or CustomerCommand.CancelErasure) return;
            var customer = Lives(commands).Last();
            var first = customer.Decide(last, Scenario.Start);
            if (first.Refusal is not null || first.Events.IsEmpty) return;
            var second = customer.After(first.Events, Scenario.Start).Decide(last, Scenario.Start);
            second.Refusal.ShouldBeNull();
            second.Events.ShouldBeEmpty();
        });

    [Fact]
    public void A_refusal_has_no_events_and_deciding_is_repeatable() =>
        Gen.Select(Commands, Command).Sample((commands, last) =>
        {
            var customer = Lives(commands).Last();
            var one = customer.Decide(last, Scenario.Start);
            var two = customer.Decide(last, Scenario.Start);
            one.Refusal.ShouldBe(two.Refusal);
            one.Events.ShouldBe(two.Events);
            if (one.Refusal is not null && one.Refusal != Refusal.OtpWrong)
                one.Events.ShouldBeEmpty();
        });

    [Fact]
    public void Every_accepted_command_moves_the_version_by_one() =>
        Commands.Sample(commands =>
        {
            var versions = Lives(commands).Select(c => c.Version).ToArray();
            versions.ShouldBe(Enumerable.Range(1, versions.Length).Select(v => (long)v));
        });

    /// <summary>The customer after sign-up and after each command that recorded
    /// something.</summary>
    private static IEnumerable<Customer> Lives(CustomerCommand[] commands)
    {
        var now = Scenario.Start;
        var customer = Scenario.GivenSignedUp().Customer;
        yield return customer;
        foreach (var command in commands)
        {
            now += TimeSpan.FromSeconds(1);
            var decision = customer.Decide(command, now);
            if (decision.Events.IsEmpty) continue;
            customer = customer.After(decision.Events, now);
            yield return customer;
        }
    }
}
