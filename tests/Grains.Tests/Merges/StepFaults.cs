using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Grains.Tests.Merges;

/// <summary>Loses one call of the process to a customer, before or after it did its work; all the
/// others pass.</summary>
internal sealed class StepFaults : IOutgoingGrainCallFilter
{
    private static readonly string[] Steps =
    [
        nameof(ICustomerGrain.FreezeForMerge), nameof(ICustomerGrain.ExportForMerge),
        nameof(ICustomerGrain.Absorb), nameof(ICustomerGrain.ThawFromMerge),
        nameof(ICustomerGrain.MergeAway), nameof(ICustomerGrain.AdoptContacts),
        nameof(ICustomerGrain.GiveBack), nameof(ICustomerGrain.Revive),
    ];

    private int _calls;
    private int _lost = -1;
    private bool _isAnswer;

    /// <summary>Calls of steps since the last arming.</summary>
    public int Calls => _calls;

    public bool HasStruck { get; private set; }

    /// <param name="call">The number of the call that is lost, from 0.</param>
    /// <param name="answer">The call does its work, and its answer is lost.</param>
    public void Arm(int call, bool answer) =>
        (_calls, _lost, _isAnswer, HasStruck) = (0, call, answer, false);

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (!Steps.Contains(context.MethodName))
        {
            await context.Invoke();
            return;
        }

        var isLost = Interlocked.Increment(ref _calls) - 1 == _lost;
        if (isLost && !_isAnswer) Strike();
        await context.Invoke();
        if (isLost) Strike();
    }

    private void Strike()
    {
        HasStruck = true;
        throw new TryAgainException("Lost on purpose.");
    }
}
