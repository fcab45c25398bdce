using CustomerGrains.Simulation.Tests.Model;
using CustomerGrains.Simulation.Tests.Service;

namespace CustomerGrains.Simulation.Tests.Actors;

/// <summary>Repeats what was not answered under the same key.</summary>
internal sealed class Caller(World world)
{
    public (int Op, string? Key) NewOp(int keyedPerMille)
    {
        var op = world.Oracle.NewOp();
        return (op, world.Clock.Happens(keyedPerMille) ? $"key {op}" : null);
    }

    /// <summary>Mostly a moment; now and then longer than a code, a series or an undo lives.
    /// </summary>
    public TimeSpan Thinking() => world.Clock.Chance.Next(100) switch
    {
        < 80 => world.Clock.Between(0, 400),
        < 92 => world.Clock.Between(20_000, 70_000),
        < 96 => TimeSpan.FromMinutes(11),
        < 98 => TimeSpan.FromHours(25),
        _ => TimeSpan.FromHours(73),
    };

    /// <summary>The answer; TryAgain when it stays unknown, as it does without a key.</summary>
    public async Task<Reply> Insist(Wish wish)
    {
        if (wish.Key is not null && world.Clock.Happens(120)) world.Begin(Repeat(wish));
        return await InsistOnce(wish);
    }

    /// <summary>A second tap, at once or much later.</summary>
    private async Task Repeat(Wish wish)
    {
        await world.Pause(world.Clock.Happens(500) ? world.Clock.Between(0, 30) : Thinking());
        await InsistOnce(wish);
    }

    private async Task<Reply> InsistOnce(Wish wish)
    {
        while (true)
        {
            var began = world.Clock.Now;
            var reply = await world.Send(wish);
            if (reply.IsFinal) world.Oracle.Answered(wish, reply, began);
            if (reply.IsFinal || (wish.Key is null && wish is not Wish.Undo)) return reply;
            await world.Pause(world.Clock.Between(50, 400));
        }
    }
}
