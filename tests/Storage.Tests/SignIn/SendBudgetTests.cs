using CustomerGrains.Domain.SignIn;
using CustomerGrains.Storage.Contacts;
using CustomerGrains.Storage.SignIn;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.SignIn;

public sealed class SendBudgetTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Book_FromManyAtOnce_NeverExceedsWhatADestinationMayGet()
    {
        await using var world = await SignInWorld.Create(postgres);
        var victim = world.NewPhone();
        var bookings = await Task.WhenAll(Enumerable.Range(0, 50)
            .Select(_ => new SendBudget(world.Service, world.Keys, world.Time).Book(victim)));

        bookings.Count(b => b.IsDone).ShouldBe(SignInLimits.SendsPerHourMax);
        bookings.Where(b => !b.IsDone)
            .ShouldAllBe(b => b.RoomAt == world.Time.GetUtcNow() + TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Book_CountsTogetherWithSignIn()
    {
        await using var world = await SignInWorld.Create(postgres);
        var budget = new SendBudget(world.Service, world.Keys, world.Time);
        var to = world.NewPhone();
        for (var i = 0; i < SignInLimits.SendsPerHourMax - 1; i++)
            (await budget.Book(to)).IsDone.ShouldBeTrue();
        await world.Send(to);

        (await budget.Book(to)).IsDone.ShouldBeFalse();
        (await world.Challenges.Start(to)).ShouldBeOfType<StartOutcome.Refused>();
        world.Time.Advance(TimeSpan.FromHours(1));
        (await budget.Book(to)).IsDone.ShouldBeTrue();
    }
}
