using System.Diagnostics.Metrics;
using CustomerGrains.Domain.SignIn;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Grains.Contacts;

/// <summary>What becomes of one-time codes: many wrong ones are somebody who guesses, many late
/// ones a carrier that is slow.</summary>
internal static class CodeInstruments
{
    private static readonly Meter Meter = new("CustomerGrains.Codes");

    private static readonly Counter<long> Outcomes = Meter.CreateCounter<long>(
        "customer_codes_shown", "{code}", "Codes that were shown, by purpose and outcome.");

    public static void Shown(CodePurpose purpose, ReplyCode outcome) => Outcomes.Add(
        1, new("purpose", purpose.ToString()), new("outcome", outcome.ToString()));
}
