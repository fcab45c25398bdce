using CustomerGrains.GrainInterfaces;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;
using static CustomerGrains.Grains.Tests.Customers.ContactChangeWorld;

namespace CustomerGrains.Grains.Tests.Customers;

[Trait("Section", "R9"), Trait("Section", "S4")]
public sealed class ContactChangeTests(PostgresFixture postgres) : IAsyncLifetime
{
    private ContactChangeWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await ContactChangeWorld.Start(postgres);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Change_FromRequestToUndo_TellsTheOldContactAndBringsItBack()
    {
        var (old, next) = (_world.NewPhone(), _world.NewPhone());
        var customer = await _world.SignUp(old);
        var (change, code) = await _world.Request(customer, next);
        var pending = (await _world.Profile(customer)).GetProperty("pending_changes")[0];
        pending.GetProperty("change_id").GetGuid().ShouldBe(change);
        pending.GetProperty("masked_value").GetString().ShouldBe($"+49***{next[^2..]}");
        (await _world.Messages(old, 1))[0].Purpose.ShouldBe("notice");

        var verified = await _world.Verify(customer, change, code);
        verified.Code.ShouldBe(ReplyCode.Ok);
        Json(verified).GetProperty("phone").GetString().ShouldBe(next);
        Json(verified).GetProperty("pending_changes").GetArrayLength().ShouldBe(0);
        var notice = (await _world.Messages(old, 2))[0];
        notice.Code.ShouldBeNull();
        notice.Text.ShouldContain(notice.Token!);

        var token = _world.Context(customer);
        _world.Silo.Time.Advance(TimeSpan.FromHours(1));
        var undone = await _world.Undoing.Undo(new(notice.Token!), NewId());
        undone.Code.ShouldBe(ReplyCode.Ok);
        Json(undone).GetProperty("result").GetString().ShouldBe("undone");
        (await _world.Undoing.Undo(new(notice.Token!), NewId())).Body.ShouldBe(undone.Body);
        (await _world.Profile(customer)).GetProperty("phone").GetString().ShouldBe(old);
        (await _world.Grain(customer).GetProfile(token.Caller)).Code
            .ShouldBe(ReplyCode.TokenRevoked);
    }

    [Fact]
    public async Task PendingChange_LeavesTheProfileWhenItIsTooOld()
    {
        var customer = await _world.SignUp(_world.NewPhone());
        await _world.Request(customer, _world.NewPhone());
        _world.Silo.Time.Advance(TimeSpan.FromMinutes(10));
        (await _world.Profile(customer)).GetProperty("pending_changes").GetArrayLength().ShouldBe(1);
        _world.Silo.Time.Advance(TimeSpan.FromMilliseconds(1));
        (await _world.Profile(customer)).GetProperty("pending_changes").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task CancelToken_OfThePendingChange_EndsIt()
    {
        var old = _world.NewPhone();
        var customer = await _world.SignUp(old);
        var (change, code) = await _world.Request(customer, _world.NewPhone());
        var notice = (await _world.Messages(old, 1))[0];

        var cancelled = await _world.Undoing.Undo(new(notice.Token!), NewId());

        Json(cancelled).GetProperty("result").GetString().ShouldBe("cancelled");
        (await _world.Verify(customer, change, code)).Code.ShouldBe(ReplyCode.OtpExpired);
        (await _world.Undoing.Undo(new(notice.Token!), NewId())).Body.ShouldBe(cancelled.Body);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++")]
    public async Task Undo_WithSomethingThatIsNoToken_NamesTheMember(string token) =>
        (await _world.Undoing.Undo(new(token), NewId())).Code.ShouldBe(ReplyCode.InvalidMember);

    [Fact]
    public async Task Undo_WithATokenOfNobody_IsOver() =>
        (await _world.Undoing.Undo(new(new string('A', 64)), NewId())).Code.ShouldBe(ReplyCode.UndoOver);

    [Fact]
    public async Task WrongCode_UnderAKey_IsCountedOnceAndToldAgainTheSame()
    {
        var customer = await _world.SignUp(_world.NewPhone());
        var (change, code) = await _world.Request(customer, _world.NewPhone());

        var first = await _world.Verify(customer, change, Wrong(code), "key");
        var again = await _world.Verify(customer, change, Wrong(code), "key");

        first.Code.ShouldBe(ReplyCode.OtpWrong);
        first.AttemptsLeft.ShouldBe(4);
        again.Replayed.ShouldBeTrue();
        again.AttemptsLeft.ShouldBe(4);
        again.TraceId.ShouldBe("trace of key");
        (await _world.Verify(customer, change, Wrong(code), "other")).AttemptsLeft.ShouldBe(3);
    }

    [Fact]
    public async Task Failures_SurviveTheActivation()
    {
        var customer = await _world.SignUp(_world.NewPhone());
        var (change, code) = await _world.Request(customer, _world.NewPhone());
        for (var left = 4; left >= 0; left--)
        {
            (await _world.Verify(customer, change, Wrong(code))).AttemptsLeft.ShouldBe(left);
            await _world.Silo.Forget(customer);
        }

        (await _world.Verify(customer, change, code)).Code.ShouldBe(ReplyCode.OtpAttemptsExhausted);
        _world.Silo.Time.Advance(TimeSpan.FromSeconds(30));
        var resent = await _world.Grain(customer).ResendContactChange(
            change, _world.Context(customer));
        Json(resent).GetProperty("attempts_left").GetInt32().ShouldBe(5);
        for (var i = 0; i < 5; i++)
            (await _world.Verify(customer, change, "999999")).Code.ShouldBe(ReplyCode.OtpWrong);
        await _world.Silo.Forget(customer);
        _world.Silo.Time.Advance(TimeSpan.FromMinutes(5));
        var spent = await _world.Grain(customer).RequestContactChange(
            NewId(), new("phone", _world.NewPhone(), false), _world.Context(customer));
        spent.Code.ShouldBe(ReplyCode.FailureBudgetSpent);
        spent.RetryAfter.ShouldBe(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(330));
    }

    [Fact]
    public async Task RightCode_AHundredTimesAtOnce_SucceedsOnce()
    {
        var customer = await _world.SignUp(_world.NewPhone());
        var (change, code) = await _world.Request(customer, _world.NewPhone());

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => _world.Verify(customer, change, code)));

        replies.Count(r => r.Code == ReplyCode.Ok).ShouldBe(1);
        replies.Count(r => r.Code == ReplyCode.OtpUsed).ShouldBe(99);
    }

    [Fact]
    public async Task RightCode_AHundredTimesUnderOneKey_GivesOneAnswer()
    {
        var customer = await _world.SignUp(_world.NewPhone());
        var (change, code) = await _world.Request(customer, _world.NewPhone());

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => _world.Verify(customer, change, code, "key")));

        replies.ShouldAllBe(r => r.Code == ReplyCode.Ok);
        replies.Count(r => !r.Replayed).ShouldBe(1);
        replies.Select(r => Convert.ToHexString(r.Body)).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Request_UnderOneKey_SendsOneCode()
    {
        var customer = await _world.SignUp(_world.NewPhone());
        var next = _world.NewPhone();
        var first = await Ask();
        var again = await Ask();

        again.Replayed.ShouldBeTrue();
        again.Body.ShouldBe(first.Body);
        await _world.Messages(next, 1);
        Json(first).GetProperty("attempts_left").GetInt32().ShouldBe(5);

        Task<Reply> Ask() => _world.Grain(customer).RequestContactChange(
            NewId(), new("phone", next, false), _world.Context(customer, "key"));
    }

    [Fact]
    public async Task Destination_OfManyCustomers_GetsNoMoreCodesThanItsOwnBudget()
    {
        var victim = _world.NewPhone();
        var customers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => _world.SignUp(null)));

        var replies = await Task.WhenAll(customers.Select(c => _world.Grain(c)
            .RequestContactChange(NewId(), new("phone", victim, false), _world.Context(c))));

        replies.Count(r => r.Code == ReplyCode.Ok).ShouldBe(5);
        replies.Where(r => r.Code != ReplyCode.Ok).ShouldAllBe(r =>
            r.Code == ReplyCode.OtpSendLimit && r.RetryAfter == TimeSpan.FromHours(1));
        await _world.Messages(victim, 5);
    }

    [Fact]
    public async Task TakenContact_IsToldOnlyToWhoProvesIt()
    {
        var taken = _world.NewPhone();
        await _world.SignUp(taken);
        var customer = await _world.SignUp(null);
        var (change, code) = await _world.Request(customer, taken);

        (await _world.Verify(customer, change, Wrong(code))).Code.ShouldBe(ReplyCode.OtpWrong);
        (await _world.Verify(customer, change, code)).Code.ShouldBe(ReplyCode.ContactTaken);
        (await _world.Verify(customer, change, code)).Code.ShouldBe(ReplyCode.ContactTaken);
        (await _world.Profile(customer)).GetProperty("phone").GetString().ShouldBeNull();
        (await _world.Profile(customer)).GetProperty("is_temporary").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task GivenUpContact_IsReservedForSignInToo()
    {
        var (old, next) = (_world.NewPhone(), _world.NewPhone());
        var customer = await _world.SignUp(old);
        var (change, code) = await _world.Request(customer, next);
        (await _world.Verify(customer, change, code)).Code.ShouldBe(ReplyCode.Ok);
        await _world.Messages(old, 2);

        var signIn = _world.Silo.Grains.GetGrain<ISignInGrain>(0);
        var challenge = (await signIn.Start("phone", old)).Challenge!;
        var proof = (await _world.Messages(old, 3))[0].Code!;
        (await signIn.Complete(challenge.ChallengeId, proof)).Code
            .ShouldBe(ReplyCode.ContactReserved);

        var other = await _world.SignUp(null);
        _world.Silo.Time.Advance(TimeSpan.FromHours(1));
        var (claim, shown) = await Claim(other, old);
        (await _world.Verify(other, claim, shown)).Code.ShouldBe(ReplyCode.ContactReserved);
    }

    [Fact]
    public async Task ForeignChange_IsUnknownAndCountsNothing()
    {
        var (mine, other) = (await _world.SignUp(null), await _world.SignUp(null));
        var (change, code) = await _world.Request(mine, _world.NewPhone());

        (await _world.Verify(other, change, code)).Code.ShouldBe(ReplyCode.OtpUnknown);
        (await _world.Verify(other, NewId(), code)).Code.ShouldBe(ReplyCode.OtpUnknown);
        (await _world.Grain(other).ResendContactChange(change, _world.Context(other))).Code
            .ShouldBe(ReplyCode.OtpUnknown);
        (await _world.Grain(other).CancelContactChange(change, _world.Context(other))).Code
            .ShouldBe(ReplyCode.OtpUnknown);
        (await _world.Verify(mine, change, code)).Code.ShouldBe(ReplyCode.Ok);
    }

    [Fact]
    public async Task Messages_SpeakTheCustomersLanguage()
    {
        var old = _world.NewPhone();
        var customer = await _world.SignUp(old);
        var edit = new ProfileEdit { PreferredLanguage = Patch<string>.To("de-AT") };
        await _world.Grain(customer).EditProfile(edit, _world.Context(customer));
        var next = _world.NewPhone();
        await _world.Request(customer, next);

        (await _world.Newest(next)).Text.ShouldStartWith("Ihr Code ist");
        (await _world.Newest(old)).Text.ShouldStartWith("Dieser Kontakt");
    }

    private async Task<(Guid, string)> Claim(Guid customer, string phone)
    {
        var known = (await _world.Messages(phone)).Count;
        var change = NewId();
        (await _world.Grain(customer).RequestContactChange(
            change, new("phone", phone, false), _world.Context(customer))).Code
            .ShouldBe(ReplyCode.Ok);
        return (change, (await _world.Messages(phone, known + 1))[0].Code!);
    }
}
