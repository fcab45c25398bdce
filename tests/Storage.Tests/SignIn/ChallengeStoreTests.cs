using System.Text;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Domain.SignIn;
using CustomerGrains.Storage.Retention;
using CustomerGrains.Storage.SignIn;
using CustomerGrains.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.SignIn;

[Trait("Section", "S4")]
public sealed class ChallengeStoreTests(PostgresFixture postgres) : IAsyncLifetime
{
    private SignInWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await SignInWorld.Create(postgres);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(ContactChannel.Phone, "+4915112345678")]
    [InlineData(ContactChannel.Email, "somebody@example.com")]
    public async Task Prove_RightCode_NamesTheContactOnce(ContactChannel channel, string value)
    {
        var contact = new Contact(channel, value);
        var (id, code) = await _world.Send(contact);

        (await Prove(id, code)).ShouldBeOfType<ProofOutcome.Proved>().Contact.ShouldBe(contact);
        (await Verdict(id, code)).ShouldBe(new CodeVerdict.Used());
    }

    [Fact]
    public async Task Prove_HundredRightAnswersAtOnce_OneSucceeds()
    {
        var (id, code) = await _world.Send(_world.NewPhone());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Prove(id, code)));

        outcomes.OfType<ProofOutcome.Proved>().Count().ShouldBe(1);
        outcomes.OfType<ProofOutcome.Refused>()
            .Count(o => o.Verdict is CodeVerdict.Used).ShouldBe(99);
        Scoreboard.Add("S4", ("right_at_once", outcomes.Length), ("served_again", 0));
    }

    [Fact]
    public async Task Prove_HundredWrongAnswersAtOnce_CountsExactly()
    {
        var (id, code) = await _world.Send(_world.NewPhone());

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => Verdict(id, SignInWorld.Wrong(code))));

        outcomes.OfType<CodeVerdict.Wrong>().Select(w => w.AttemptsLeft)
            .ShouldBe([0, 1, 2, 3, 4], ignoreOrder: true);
        outcomes.OfType<CodeVerdict.Exhausted>().Count().ShouldBe(95);
        (await _world.Database.Query<int>("SELECT attempts FROM otps")).ShouldBe(5);
        (await _world.Database.Query<int>("SELECT cardinality(failures) FROM otp_destinations"))
            .ShouldBe(5);
        Scoreboard.Add("S4", ("wrong_at_once", outcomes.Length), ("uncounted", 0));
    }

    [Fact]
    public async Task Prove_CodeOfAnotherContact_IsWrong()
    {
        var (mine, _) = await _world.Send(_world.NewPhone());
        var (_, theirs) = await _world.Send(_world.NewPhone());

        (await Verdict(mine, theirs)).ShouldBeOfType<CodeVerdict.Wrong>();
    }

    [Fact]
    public async Task Prove_UnknownIdOrOtherPurpose_IsUnknown()
    {
        var (id, code) = await _world.Send(_world.NewPhone());
        await _world.Database.Execute("UPDATE otps SET purpose = 'account_link', link_id = id");

        (await Prove(id, code)).ShouldBe(new ProofOutcome.Unknown());
        (await Prove(Guid.Empty, code)).ShouldBe(new ProofOutcome.Unknown());
    }

    [Fact]
    public async Task Prove_AfterTenMinutes_IsExpired()
    {
        var (id, code) = await _world.Send(_world.NewPhone());
        _world.Time.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromMilliseconds(1));

        (await Verdict(id, code)).ShouldBe(new CodeVerdict.Expired());
    }

    [Fact]
    public async Task Prove_RightAfterTheTenthFailure_IsNotLookedAt()
    {
        var contact = _world.NewPhone();
        var (first, _) = await _world.Send(contact);
        _world.Time.Advance(TimeSpan.FromSeconds(30));
        var (second, code) = await _world.Send(contact);
        _world.Time.Advance(TimeSpan.FromSeconds(60));
        var (third, right) = await _world.Send(contact);
        foreach (var id in new[] { first, first, first, first, second, second, second, second, third, third })
            (await Verdict(id, "x" + code)).ShouldBeOfType<CodeVerdict.Wrong>();

        (await Verdict(third, right)).ShouldBe(new CodeVerdict.Delayed(TimeSpan.FromSeconds(30)));
        var (others, othersCode) = await _world.Send(_world.NewPhone());
        (await Prove(others, othersCode)).ShouldBeOfType<ProofOutcome.Proved>();
        _world.Time.Advance(TimeSpan.FromSeconds(30));
        (await Prove(third, right)).ShouldBeOfType<ProofOutcome.Proved>();
    }

    [Fact]
    public async Task Start_Again_CoolsDownAndKeepsTheEarlierCode()
    {
        var contact = _world.NewPhone();
        var (first, code) = await _world.Send(contact);

        (await _world.Challenges.Start(contact)).ShouldBe(
            new StartOutcome.Refused(new SendVerdict.CoolingDown(TimeSpan.FromSeconds(30))));
        _world.Time.Advance(TimeSpan.FromSeconds(30));
        var (second, _) = await _world.Send(contact);

        second.ShouldNotBe(first);
        (await Prove(first, code)).ShouldBeOfType<ProofOutcome.Proved>();
    }

    [Fact]
    public async Task Start_AfterASuccess_BeginsANewSeriesButNotANewHour()
    {
        var contact = _world.NewPhone();
        for (var i = 0; i < 5; i++)
        {
            var (id, code) = await _world.Send(contact);
            (await Prove(id, code)).ShouldBeOfType<ProofOutcome.Proved>();
        }

        (await _world.Challenges.Start(contact)).ShouldBe(
            new StartOutcome.Refused(new SendVerdict.LimitReached(TimeSpan.FromHours(1))));
        (await _world.Database.Query<long>("SELECT count(*) FROM otps")).ShouldBe(5);
    }

    [Fact]
    public async Task Start_ManyAtOnce_SendsOneCode()
    {
        var contact = _world.NewPhone();

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => _world.Challenges.Start(contact)));

        outcomes.OfType<StartOutcome.Started>().Count().ShouldBe(1);
        (await _world.Database.Query<long>("SELECT count(*) FROM courier_messages")).ShouldBe(1);
    }

    [Fact]
    public async Task Release_MakesTheCodeGoodAgain_OnlyForItsOwnProof()
    {
        var (id, code) = await _world.Send(_world.NewPhone());
        var proof = (await Prove(id, code)).ShouldBeOfType<ProofOutcome.Proved>();

        await _world.Challenges.Release(id, proof with { At = proof.At.AddMilliseconds(1) });
        (await Verdict(id, code)).ShouldBe(new CodeVerdict.Used());
        await _world.Challenges.Release(id, proof);
        (await Prove(id, code)).ShouldBeOfType<ProofOutcome.Proved>();
    }

    [Fact]
    public async Task Rows_AfterSending_HoldNothingPlain()
    {
        var contact = new Contact(ContactChannel.Email, "canary-7391@example.com");
        var (id, code) = await _world.Send(contact);
        await Prove(id, code);

        var rows = new StringBuilder();
        foreach (var table in new[] { "otps", "otp_destinations", "otp_series", "courier_messages", "dev_mailbox" })
            rows.AppendLine(await _world.Dump(table));

        rows.ToString().ShouldContain(id.ToString());
        foreach (var secret in new[] { contact.Value, "canary-7391", code })
        {
            rows.ToString().ShouldNotContain(secret);
            var bytes = Encoding.UTF8.GetBytes(secret);
            // A six-digit code may be part of some number; in hexadecimal it cannot hide.
            rows.ToString().ShouldNotContain(Convert.ToHexStringLower(bytes));
            rows.ToString().ShouldNotContain(Convert.ToBase64String(bytes).TrimEnd('='));
        }

        (await _world.Database.Query<bool>("SELECT payload IS NULL FROM courier_messages")).ShouldBeTrue();
    }

    [Fact]
    public async Task Purge_RemovesOldRowsOnly()
    {
        await _world.Send(_world.NewPhone());
        _world.Time.Advance(TimeSpan.FromDays(8));
        var (id, code) = await _world.Send(_world.NewPhone());

        var expired = new ExpiredRows(_world.Service, _world.Time, NullLogger<ExpiredRows>.Instance);
        await expired.Remove(TestContext.Current.CancellationToken);

        foreach (var table in new[] { "otps", "otp_destinations", "otp_series", "courier_messages", "dev_mailbox" })
            (await _world.Database.Query<long>($"SELECT count(*) FROM {table}")).ShouldBe(1, table);
        (await Prove(id, code)).ShouldBeOfType<ProofOutcome.Proved>();
    }

    private Task<ProofOutcome> Prove(Guid id, string code) => _world.Challenges.Prove(id, code);

    private async Task<CodeVerdict> Verdict(Guid id, string code) =>
        (await Prove(id, code)).ShouldBeOfType<ProofOutcome.Refused>().Verdict;
}
