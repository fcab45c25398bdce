using CustomerGrains.Simulation.Tests.Service;

namespace CustomerGrains.Simulation.Tests.Actors;

/// <summary>Has a customer's token and tries codes, many at once.</summary>
internal sealed class Thief(World world, Guid customer, Memory memory)
{
    private readonly Caller _caller = new(world);

    public async Task Guess()
    {
        for (var rounds = world.Clock.Chance.Next(0, 3); rounds > 0; rounds--)
        {
            await world.Pause(world.Clock.Between(200, 3_000));
            if (memory.Changes.Count == 0) continue;
            var change = memory.Changes[^1];
            var tries = Enumerable.Range(0, world.Clock.Chance.Next(1, 9)).Select(_ => Try(change));
            await Task.WhenAll(tries.ToList());
        }
    }

    private Task Try(Guid change)
    {
        var (op, key) = _caller.NewOp(keyedPerMille: 500);
        var code = world.Clock.Chance.Next(Secrets.Codes);
        return _caller.Insist(new Wish.Verify(customer, op, key, change, code));
    }
}
