using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Feed;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Feed;

public sealed class DeliveriesTests
{
    private readonly Deliveries _deliveries = new();

    public DeliveriesTests()
    {
        for (var token = 1; token <= 4; token++)
            _deliveries.HandedOut(token, Position(token), rows: 10);
    }

    [Fact]
    public void Arrived_FirstTwo_AreTakenFromTheFront()
    {
        var arrival = _deliveries.Arrived([1, 2]);

        arrival.ShouldBe(new Arrival(Position(2), 20, IsBroken: false));
        _deliveries.IsEmpty.ShouldBeFalse();
    }

    [Fact]
    public void Arrived_Nothing_ChangesNothing() =>
        _deliveries.Arrived([]).ShouldBe(new Arrival(null, 0, IsBroken: false));

    [Fact]
    public void Arrived_WithOneLeftOut_StopsBeforeIt()
    {
        var arrival = _deliveries.Arrived([1, 3]);

        arrival.ShouldBe(new Arrival(Position(1), 10, IsBroken: true));
    }

    [Fact]
    public void Arrived_WithTheFirstLeftOut_TakesNothing() =>
        _deliveries.Arrived([2, 3]).ShouldBe(new Arrival(null, 0, IsBroken: true));

    [Fact]
    public void Arrived_All_LeavesNone()
    {
        _deliveries.Arrived([1, 2, 3]);
        _deliveries.Arrived([4]).To.ShouldBe(Position(4));

        _deliveries.IsEmpty.ShouldBeTrue();
    }

    private static FeedPosition Position(int token) => new((ulong)token, token);
}
