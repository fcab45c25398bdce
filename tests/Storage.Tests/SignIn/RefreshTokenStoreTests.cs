using System.Text;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.SignIn;

public sealed class RefreshTokenStoreTests(PostgresFixture postgres) : IAsyncLifetime
{
    private SignInWorld _world = null!;
    private Guid _customer;

    public async ValueTask InitializeAsync()
    {
        _world = await SignInWorld.Create(postgres);
        _customer = await _world.NewCustomer();
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Exchange_GivesAnotherTokenOfTheSameHolder()
    {
        var token = await _world.RefreshTokens.Issue(_customer);
        for (var i = 0; i < 3; i++)
        {
            var next = (await _world.RefreshTokens.Exchange(token)).ShouldNotBeNull();
            next.CustomerId.ShouldBe(_customer);
            next.Token.ShouldNotBe(token);
            token = next.Token!;
        }
    }

    [Fact]
    public async Task Exchange_UsedToken_RevokesTheFamilyButNoOther()
    {
        var first = await _world.RefreshTokens.Issue(_customer);
        var other = await _world.RefreshTokens.Issue(_customer);
        var second = (await _world.RefreshTokens.Exchange(first))!.Token!;

        (await _world.RefreshTokens.Exchange(first)).ShouldBeNull();
        (await _world.RefreshTokens.Exchange(second)).ShouldBeNull();
        (await _world.RefreshTokens.Exchange(other)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Exchange_ManyAtOnce_AtMostOneSucceedsAndTheFamilyEnds()
    {
        var token = await _world.RefreshTokens.Issue(_customer);

        var exchanged = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => _world.RefreshTokens.Exchange(token)));

        var winner = exchanged.Where(e => e is not null).ShouldHaveSingleItem();
        (await _world.RefreshTokens.Exchange(winner!.Token!)).ShouldBeNull();
    }

    [Fact]
    public async Task Exchange_OnTheThirtiethDay_Works_AndThenNoLonger()
    {
        var token = await _world.RefreshTokens.Issue(_customer);
        _world.Time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMilliseconds(1));
        var next = (await _world.RefreshTokens.Exchange(token)).ShouldNotBeNull();

        _world.Time.Advance(TimeSpan.FromDays(30));
        (await _world.RefreshTokens.Exchange(next.Token!)).ShouldBeNull();
    }

    [Fact]
    public async Task Revoke_EndsTheFamily_AndRepeatsSafely()
    {
        var first = await _world.RefreshTokens.Issue(_customer);
        var second = (await _world.RefreshTokens.Exchange(first))!.Token!;

        await _world.RefreshTokens.Revoke(first);
        await _world.RefreshTokens.Revoke(first);
        await _world.RefreshTokens.Revoke("unknown");

        (await _world.RefreshTokens.Exchange(second)).ShouldBeNull();
    }

    [Theory]
    [InlineData("deleted_at = now()")]
    [InlineData("tokens_valid_after = '2026-11-23T08:00:00.001Z'")]
    public async Task Exchange_HolderGoneOrTokensRevoked_IsRefused(string change)
    {
        var token = await _world.RefreshTokens.Issue(_customer);
        await _world.Database.Execute($"UPDATE users SET {change}");

        (await _world.RefreshTokens.Exchange(token)).ShouldBeNull();
    }

    [Theory]
    [InlineData("'all', NULL", true)]
    [InlineData("'all', '2026-11-23T08:00:00.001Z'", true)]
    [InlineData("'all', '2026-11-23T08:00:00Z'", false)]
    [InlineData("'ordering', NULL", false)]
    public async Task Exchange_HolderBarred_LeavesTheTokenAsItIs(string bar, bool isBarred)
    {
        var token = await _world.RefreshTokens.Issue(_customer);
        await _world.Database.Execute(
            "INSERT INTO customer_bars "
            + "(user_id, kind, reason_code, barred_by, barred_at, scope, until) "
            + $"SELECT id, 'suspended', 'abuse', id, now(), {bar} FROM users");

        var exchanged = (await _world.RefreshTokens.Exchange(token)).ShouldNotBeNull();
        exchanged.CustomerId.ShouldBe(_customer);
        (exchanged.Token is null).ShouldBe(isBarred);
        if (!isBarred) return;
        await _world.Database.Execute("DELETE FROM customer_bars");
        (await _world.RefreshTokens.Exchange(token))!.Token.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ")]
    public async Task Exchange_NotAToken_IsRefused(string text) =>
        (await _world.RefreshTokens.Exchange(text)).ShouldBeNull();

    [Fact]
    public async Task Rows_HoldNoToken()
    {
        var token = await _world.RefreshTokens.Issue(_customer);

        var rows = await _world.Dump("refresh_tokens");

        rows.ShouldNotContain(token);
        rows.ShouldNotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(token)));
        rows.ShouldNotContain(Convert.ToHexStringLower(
            System.Buffers.Text.Base64Url.DecodeFromChars(token)));
    }
}
