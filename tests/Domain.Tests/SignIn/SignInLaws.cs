using CsCheck;
using CustomerGrains.Domain.SignIn;
using Shouldly;
using Xunit;

namespace CustomerGrains.Domain.Tests.SignIn;

/// <summary>Whatever an attacker and an owner do in whatever order, the budgets hold. Each sample
/// is one contact over some days; CsCheck prints the seed of a failing one.</summary>
public sealed class SignInLaws
{
    private const int Samples = 100;
    private const int ActsPerSample = 200; // 20,000 guesses and sends in all

    private static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    // The pause before an act: mostly none, so that bursts meet the bounds, at times hours.
    private static readonly Gen<TimeSpan> Pause = Gen.Frequency(
        (6, Gen.Int[0, 2_000].Select(ms => TimeSpan.FromMilliseconds(ms))),
        (3, Gen.Int[1, 1_000].Select(s => TimeSpan.FromSeconds(s))),
        (1, Gen.Int[1, 300].Select(m => TimeSpan.FromMinutes(m))));

    private static readonly Gen<Act> AnyAct =
        from pause in Pause
        from kind in Gen.Frequency((2, Gen.Const(Kind.Send)), (7, Gen.Const(Kind.Guess)), (1, Gen.Const(Kind.Show)))
        from code in Gen.Int[0, 30]
        select new Act(pause, kind, code);

    [Fact]
    public void WrongTriesStayWithinTheBudget_AndACodeSucceedsOnce() =>
        AnyAct.Array[ActsPerSample].Sample(acts => new Contact().Live(acts), iter: Samples);

    private enum Kind { Send, Guess, Show }

    /// <param name="Code">Which of the codes sent so far, counted from the newest.</param>
    private sealed record Act(TimeSpan Pause, Kind Kind, int Code);

    private sealed class Contact
    {
        private readonly List<Challenge> _codes = [];
        private readonly List<int> _wrong = [];
        private readonly List<int> _right = [];
        private readonly List<DateTimeOffset> _sends = [];
        private readonly List<DateTimeOffset> _failures = [];
        private ContactBudget _budget = ContactBudget.Empty;
        private SendSeries? _series;
        private DateTimeOffset _now = Start;

        public void Live(Act[] acts)
        {
            foreach (var act in acts)
            {
                _now += act.Pause;
                if (act.Kind == Kind.Send) Send();
                else if (_codes.Count > 0) Try(_codes.Count - 1 - (act.Code % _codes.Count), act.Kind == Kind.Show);
            }
        }

        private void Send()
        {
            if (SendRules.Decide(_budget, _series, _now) is not SendVerdict.Allowed allowed) return;
            (_budget, _series) = (allowed.Budget, allowed.Series);
            _codes.Add(new Challenge(allowed.ExpiresAt, 0, null));
            _wrong.Add(0);
            _right.Add(0);
            _sends.Add(_now);
            Within(_sends, TimeSpan.FromHours(1)).ShouldBeLessThanOrEqualTo(5);
            Within(_sends, TimeSpan.FromHours(24)).ShouldBeLessThanOrEqualTo(10);
        }

        private void Try(int code, bool matches)
        {
            switch (CodeRules.Decide(_codes[code], _budget, matches, _now))
            {
                case CodeVerdict.Wrong wrong:
                    ShouldHaveWaited();
                    (_codes[code], _budget) = (wrong.Challenge, wrong.Budget);
                    _failures.Add(_now);
                    (++_wrong[code]).ShouldBeLessThanOrEqualTo(5);
                    break;
                case CodeVerdict.Right right:
                    ShouldHaveWaited();
                    (_codes[code], _series) = (right.Challenge, null);
                    (++_right[code]).ShouldBe(1);
                    break;
            }
        }

        // Counted here from the whole history, not from what the rules remember.
        private void ShouldHaveWaited()
        {
            var failures = Within(_failures, TimeSpan.FromHours(24));
            if (failures < 10) return;
            var seconds = Math.Min(3_600, 30 * Math.Pow(2, failures - 10));
            (_now - _failures[^1]).TotalSeconds.ShouldBeGreaterThanOrEqualTo(seconds);
        }

        private int Within(List<DateTimeOffset> times, TimeSpan window) =>
            times.Count(time => _now - time < window);
    }
}
