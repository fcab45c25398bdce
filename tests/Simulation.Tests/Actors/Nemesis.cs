using CustomerGrains.Simulation.Tests.Service;

namespace CustomerGrains.Simulation.Tests.Actors;

/// <summary>Kills, pauses and votes out silos, kills the database, and holds transactions open.
/// </summary>
internal sealed class Nemesis(World world)
{
    private bool _isOver;

    public async Task Haunt()
    {
        var faults = world.Clock.Chance.Next(0, 9);
        for (var n = 0; n < faults && !_isOver; n++)
        {
            await world.Pause(world.Clock.Between(20, 1_200));
            if (_isOver) return;
            Strike();
        }
    }

    public void Stop() => _isOver = true;

    private void Strike()
    {
        var clock = world.Clock;
        var silo = clock.Pick(world.Silos);
        switch (clock.Chance.Next(10))
        {
            case < 3:
                world.Forget(silo);
                silo.Restart();
                break;
            case < 6:
                Pause(silo, clock.Between(0, 12_000));
                break;
            case < 8:
                world.Database.Crash(away: clock.Between(0, 3_000));
                break;
            default:
                Hold(clock.Between(50, 8_000));
                break;
        }
    }

    /// <summary>Stands still, or is only cut off; is voted out; goes on for a moment with what it
    /// holds and what had reached it; ends itself.</summary>
    private void Pause(SimulatedSilo silo, TimeSpan time)
    {
        if (silo.IsOut || world.Silos.Length == 1) return;
        var (clock, life) = (world.Clock, silo.Process.Life);
        silo.Process.StandsUntil = clock.Now + time;
        var vote = clock.Between(0, 3_000);
        if (vote > time && clock.Happens(500)) return; // back before anybody noticed
        world.After(vote, () =>
        {
            if (silo.Process.Life == life) world.VoteOut(silo);
        });
        var later = time > vote ? time : vote;
        world.After(later + clock.Between(0, 400), () =>
        {
            if (silo.Process.Life == life) silo.Restart();
        });
    }

    /// <summary>A transaction has its number and commits late, or never.</summary>
    private void Hold(TimeSpan time)
    {
        var transaction = world.Database.Begin();
        var life = world.Database.Process.Life;
        world.After(time, () =>
        {
            if (world.Database.Process.Life == life) world.Database.Roll(transaction);
        });
    }
}
