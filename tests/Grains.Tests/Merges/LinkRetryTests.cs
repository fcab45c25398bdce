using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Tests.Customers;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Merges;

/// <summary>The codes of a link shown again, after an answer that never came.</summary>
public sealed class LinkRetryTests(PostgresFixture postgres) : IAsyncLifetime
{
    private ContactChangeWorld _world = null!;

    public async ValueTask InitializeAsync() =>
        _world = await ContactChangeWorld.Start(postgres);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Verify_SameKeyAfterACrashBeforeTheAnswerWasKept_IsAnswered(bool isOwned)
    {
        var (customer, proof) = await Link(isOwned);
        var first = await Verify(customer, proof, "key");
        first.Code.ShouldBe(ReplyCode.Ok);
        await Ends(customer, proof.LinkId, isOwned ? "merged" : "blocked");
        // The merge began, and the silo died before the answer was kept.
        await _world.Silo.Database.Execute("DELETE FROM idempotent_replies");
        await _world.Silo.Forget(customer);

        var again = await Verify(customer, proof, "key");

        again.Code.ShouldBe(ReplyCode.Ok);
        ContactChangeWorld.Json(again).GetProperty("link_id").GetGuid().ShouldBe(proof.LinkId);
        ContactChangeWorld.Json(again).GetProperty("state").GetString()
            .ShouldBe(isOwned ? "merged" : "blocked");
        // From now on it is kept, byte for byte.
        var kept = await Verify(customer, proof, "key");
        (kept.Replayed, Convert.ToHexString(kept.Body))
            .ShouldBe((true, Convert.ToHexString(again.Body)));
        await _world.Silo.Database.Execute("DELETE FROM idempotent_replies");
        (await Verify(customer, proof, "key", "other content")).Code
            .ShouldBe(ReplyCode.IdempotencyKeyReused);
    }

    /// <summary>As of a contact change.</summary>
    [Fact]
    public async Task Verify_OfAFinishedLink_WithoutKeyOrUnderAnother_IsUsed()
    {
        var (customer, proof) = await Link(isOwned: true);
        (await Verify(customer, proof, "key")).Code.ShouldBe(ReplyCode.Ok);
        await Ends(customer, proof.LinkId, "merged");

        (await Verify(customer, proof, null)).Code.ShouldBe(ReplyCode.OtpUsed);
        (await Verify(customer, proof, "another")).Code.ShouldBe(ReplyCode.OtpUsed);
        (await Verify(customer, proof, "key")).Replayed.ShouldBeTrue();

        var (change, code) = await _world.Request(customer, _world.NewPhone());
        (await _world.Verify(customer, change, code, "change")).Code.ShouldBe(ReplyCode.Ok);
        (await _world.Verify(customer, change, code)).Code.ShouldBe(ReplyCode.OtpUsed);
        (await _world.Verify(customer, change, code, "change")).Replayed.ShouldBeTrue();
    }

    private async Task<(Guid Customer, LinkProof Proof)> Link(bool isOwned)
    {
        var (own, other) = (_world.NewPhone(), _world.NewPhone());
        var customer = await _world.SignUp(own);
        if (isOwned) await _world.SignUp(other);
        var link = ContactChangeWorld.NewId();
        (await _world.Grain(customer).StartLink(
            link, new("phone", other), _world.Context(customer))).Code.ShouldBe(ReplyCode.Ok);
        return (customer, new LinkProof(
            link, (await _world.Newest(own)).Code, (await _world.Newest(other)).Code));
    }

    private Task<Reply> Verify(
        Guid customer, LinkProof proof, string? key, string? content = null) =>
        _world.Grain(customer).VerifyLink(proof, _world.Context(customer, key, content));

    private Task Ends(Guid customer, Guid link, string state) => Eventually.Holds(
        $"the link is {state}",
        async () => ContactChangeWorld.Json(await _world.Grain(customer).GetLink(
            link, _world.Context(customer).Caller)).GetProperty("state").GetString() == state,
        TestContext.Current.CancellationToken);
}
