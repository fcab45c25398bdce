using CsCheck;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Domain.SignIn;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;
using static CustomerGrains.Domain.Tests.Customers.Changes;

namespace CustomerGrains.Domain.Tests.Customers;

/// <summary>Somebody who guesses, and asks for codes in any way there is.</summary>
[Trait("Section", "S4")]
public sealed class GuessingTests(ITestOutputHelper output)
{
    private const int MovesPerAttack = 4_000;

    private static readonly int Attacks = Counts.Of("attacks", 10, deep: 250);

    private readonly Tally _tally = new();

    private enum Move
    {
        Guess,
        Request,
        Resend,
        Cancel,
        Wait,
    }

    private static readonly Gen<Move> Moves = Gen.Frequency(
        (8, Gen.Const(Move.Guess)),
        (2, Gen.Const(Move.Request)),
        (2, Gen.Const(Move.Resend)),
        (1, Gen.Const(Move.Cancel)),
        (2, Gen.Const(Move.Wait)));

    private static readonly Gen<(Move Move, int Seconds)[]> Attack =
        Gen.Select(Moves, Gen.Int[0, 3600], (move, seconds) => (move, seconds))
            .Array[MovesPerAttack];

    /// <summary>Attacks of some 2,000 guesses each; a failing one prints its seed.</summary>
    [Fact]
    public void Guesses_over_requests_resends_and_waiting_never_exceed_the_budget()
    {
        Attack.Sample(Run, iter: Attacks);
        output.WriteLine(Scoreboard.Add("S4",
            ("guesses", _tally.Guesses), ("looked_at", _tally.LookedAt),
            ("wins_beyond_budget", 0)));
    }

    private void Run((Move Move, int Seconds)[] moves)
    {
        var now = Scenario.Start;
        var customer = Scenario.GivenSignedUp().Customer;
        var counted = new List<DateTimeOffset>();
        var perCode = 0;
        var change = 0;
        foreach (var (move, seconds) in moves)
        {
            now += TimeSpan.FromSeconds(move == Move.Wait ? seconds : 1);
            var command = move switch
            {
                Move.Request => RequestPhone((change + 1) % 250, $"+49151{change:D8}"),
                Move.Resend => Resend(change % 250),
                Move.Cancel => Cancel(change % 250),
                Move.Guess => Verify(change % 250, right: false),
                _ => null,
            };
            if (command is null) continue;
            var decision = customer.Decide(command, now);
            if (move == Move.Guess) Interlocked.Increment(ref _tally.Guesses);
            if (move == Move.Guess && decision.Refusal != Refusal.OtpWrong)
                customer.Decide(Verify(change % 250), now).Refusal.ShouldBe(
                    decision.Refusal, "what is not looked at does not win");
            if (decision.Refusal == Refusal.OtpWrong)
            {
                Interlocked.Increment(ref _tally.LookedAt);
                counted.Add(now);
                perCode++;
                decision.AttemptsLeft!.Value.ShouldBeInRange(0, 4);
            }

            if (decision.Events.IsEmpty) continue;
            if (decision.Refusal is null) perCode = 0;
            if (move == Move.Request) change++;
            customer = customer.After(decision.Events, now);

            perCode.ShouldBeLessThanOrEqualTo(SignInLimits.TriesPerCodeMax);
            counted.Count(c => now - c < SignInLimits.FailureWindow)
                .ShouldBeLessThanOrEqualTo(Limits.ContactFailuresMax);
            customer.PhoneChanges.Failures.Length
                .ShouldBeLessThanOrEqualTo(Limits.ContactFailuresMax);
        }

        counted.Count.ShouldBeGreaterThan(Limits.ContactFailuresMax, "the attack did attack");
    }

    private sealed class Tally
    {
        public int Guesses;
        public int LookedAt;
    }
}
