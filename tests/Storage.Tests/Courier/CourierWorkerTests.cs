using System.Collections.Concurrent;
using CustomerGrains.Storage.Courier;
using CustomerGrains.Storage.SignIn;
using CustomerGrains.Storage.Tests.SignIn;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Courier;

public sealed class CourierWorkerTests(PostgresFixture postgres) : IAsyncLifetime
{
    private SignInWorld _world = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await SignInWorld.Create(postgres);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task CarryDue_SendsAndWipes()
    {
        var to = _world.NewPhone();
        await Send(to);
        var sender = new Notebook();

        (await _world.Courier(sender).CarryDue(Token)).ShouldBe(1);
        (await _world.Courier(sender).CarryDue(Token)).ShouldBe(0);

        var sent = sender.Sent.ShouldHaveSingleItem();
        sent.To.ShouldBe(to.Value);
        sent.Purpose.ShouldBe("sign_in");
        sent.Text.ShouldContain(sent.Code.ShouldNotBeNull());
        (await State()).ShouldBe("sent, wiped");
    }

    [Fact]
    public async Task CarryDue_SenderFails_TriesFiveTimesEverLater_ThenGivesUpAndWipes()
    {
        await Send(_world.NewPhone());
        var sender = new Notebook { Fails = true };
        foreach (var pause in new[] { 2, 8, 32, 128 })
        {
            (await _world.Courier(sender).CarryDue(Token)).ShouldBe(1);
            (await State()).ShouldBe("waiting, kept");
            _world.Time.Advance(TimeSpan.FromSeconds(pause) - TimeSpan.FromMilliseconds(1));
            (await _world.Courier(sender).CarryDue(Token)).ShouldBe(0);
            _world.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        (await _world.Courier(sender).CarryDue(Token)).ShouldBe(1);
        sender.Attempts.ShouldBe(5);
        (await State()).ShouldBe("given_up, wiped");
    }

    [Fact]
    public async Task CarryDue_MessageThatMakesNoSenseAnyMore_IsGivenUpUnsent()
    {
        await Send(_world.NewPhone());
        _world.Time.Advance(TimeSpan.FromMinutes(10));
        var sender = new Notebook();

        await _world.Courier(sender).CarryDue(Token);

        sender.Attempts.ShouldBe(0);
        (await State()).ShouldBe("given_up, wiped");
    }

    [Fact]
    public async Task CarryDue_ManyCouriersAtOnce_CarryEachMessageOnce()
    {
        for (var i = 0; i < 40; i++) await Send(_world.NewPhone());
        var sender = new Notebook();

        for (var round = 0; round < 3; round++)
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _world.Courier(sender).CarryDue(Token)));

        sender.Sent.Count.ShouldBe(40);
        sender.Sent.Select(m => m.To).ShouldBeUnique();
    }

    [Fact]
    public async Task CarryDue_SiloDiesWhileCarrying_AnotherTakesOverAfterTheLease()
    {
        await Send(_world.NewPhone());
        using var death = new CancellationTokenSource();
        var dying = new Notebook { OnSend = death.Cancel };
        await Should.ThrowAsync<OperationCanceledException>(
            () => _world.Courier(dying).CarryDue(death.Token));

        var other = new Notebook();
        (await _world.Courier(other).CarryDue(Token)).ShouldBe(0);
        _world.Time.Advance(TimeSpan.FromSeconds(30));
        (await _world.Courier(other).CarryDue(Token)).ShouldBe(1);
        other.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Mailbox_SameMessageTwice_ShowsItOnce()
    {
        var to = _world.NewPhone();
        var message = new CourierMessage(to.Value, "phone", "notice", null, "Hello.", null);
        var id = Guid.CreateVersion7(_world.Time.GetUtcNow());

        await _world.Mailbox.Send(id, message, Token);
        await _world.Mailbox.Send(id, message, Token);

        (await _world.Mailbox.Read(to, 50)).ShouldHaveSingleItem().Message.ShouldBe(message);
    }

    [Fact]
    public async Task CarryDue_NoSender_LeavesMessagesWaiting()
    {
        await Send(_world.NewPhone());

        (await _world.Courier(sender: null).CarryDue(Token)).ShouldBe(0);

        (await State()).ShouldBe("waiting, kept");
        _world.Time.Advance(TimeSpan.FromMinutes(2));
        (await new CourierBacklog(_world.Service, _world.Time).CountLate(Token)).ShouldBe(1);
    }

    private async Task Send(Contact to) =>
        (await _world.Challenges.Start(to)).ShouldBeOfType<StartOutcome.Started>();

    private Task<string> State() => _world.Database.Query<string>(
        "SELECT state || CASE WHEN payload IS NULL THEN ', wiped' ELSE ', kept' END FROM courier_messages");

    private sealed class Notebook : IMessageSender
    {
        private int _attempts;

        public ConcurrentBag<CourierMessage> Sent { get; } = [];

        public int Attempts => _attempts;

        public bool Fails { get; init; }

        public Action? OnSend { get; init; }

        public Task Send(Guid id, CourierMessage message, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _attempts);
            OnSend?.Invoke();
            cancellation.ThrowIfCancellationRequested();
            if (Fails) throw new InvalidOperationException("The gateway is away.");
            Sent.Add(message);
            return Task.CompletedTask;
        }
    }
}
