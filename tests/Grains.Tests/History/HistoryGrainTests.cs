using System.Text;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Tests.Orders;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.History;

public sealed class HistoryGrainTests(PostgresFixture postgres) : OrderWorldTests(postgres)
{
    private const string Accesses = "SELECT count(*) FROM customer_data_access_logs";

    private static readonly HistoryQuery All = new(null, null, null, new PageRequest(50, null));

    private readonly Caller _admin = new(Guid.CreateVersion7(), CallerRole.Admin, 0);

    private IHistoryGrain History => World.Silo.Grains.GetGrain<IHistoryGrain>(0);

    [Fact]
    public async Task GetHistory_EachTime_IsLoggedBeforeItIsAnswered()
    {
        var (customer, _) = await World.SignUp();

        for (var looks = 1; looks <= 3; looks++)
        {
            (await History.GetHistory(customer, All, _admin)).Code.ShouldBe(ReplyCode.Ok);
            (await World.Silo.Database.Query<long>(Accesses)).ShouldBe(looks);
        }
    }

    [Fact]
    public async Task GetHistory_WhileTheLogCannotBeWritten_IsNotShown()
    {
        var (customer, _) = await World.SignUp();
        await World.Silo.Database.Execute("REVOKE INSERT ON customer_data_access_logs FROM service");

        await Should.ThrowAsync<TryAgainException>(History.GetHistory(customer, All, _admin));

        await World.Silo.Database.Execute("GRANT INSERT ON customer_data_access_logs TO service");
        (await History.GetHistory(customer, All, _admin)).Code.ShouldBe(ReplyCode.Ok);
    }

    [Fact]
    public async Task GetForStaff_WhileTheLogCannotBeWritten_IsNotShown()
    {
        var (customer, _) = await World.SignUp();
        await World.Silo.Database.Execute("REVOKE INSERT ON customer_data_access_logs FROM service");

        await Should.ThrowAsync<TryAgainException>(
            World.Customer(customer).GetForStaff(null, _admin));

        await World.Silo.Database.Execute("GRANT INSERT ON customer_data_access_logs TO service");
        (await World.Customer(customer).GetForStaff(null, _admin)).Code.ShouldBe(ReplyCode.Ok);
        (await World.Silo.Database.Query<long>(Accesses)).ShouldBe(1);
    }

    [Fact]
    public async Task GetHistory_OfNobody_IsNeitherShownNorLogged()
    {
        (await History.GetHistory(Guid.CreateVersion7(), All, _admin)).Code
            .ShouldBe(ReplyCode.CustomerNotFound);
        (await World.Silo.Database.Query<long>(Accesses)).ShouldBe(0);
    }

    [Fact]
    public async Task GetHistory_OnceTheDataKeyIsDestroyed_TellsWhatWasNeverPersonal()
    {
        var (customer, address) = await World.SignUp();
        await World.Silo.Database.Execute("DELETE FROM customer_data_keys");

        var reply = await History.GetHistory(customer, All, _admin);

        reply.Code.ShouldBe(ReplyCode.Ok);
        var text = Encoding.UTF8.GetString(reply.Body);
        text.ShouldContain("\"kind\":\"name_changed\"");
        text.ShouldContain(address.ToString());
        text.ShouldNotContain("Ann");
        text.ShouldNotContain("Lisbon");
    }

    [Theory]
    [InlineData("personal = set_byte(personal, 20, get_byte(personal, 20) # 1)")]
    [InlineData("personal = '\\x00'")]
    public async Task GetHistory_OfARowWhoseSealIsBroken_TellsTheRest(string damage)
    {
        var (customer, address) = await World.SignUp();
        await Damage(damage);

        var text = Encoding.UTF8.GetString((await History.GetHistory(customer, All, _admin)).Body);

        text.ShouldContain("\"kind\":\"name_changed\"");
        text.ShouldContain(address.ToString());
        text.ShouldNotContain("Ann");
    }

    [Theory]
    [InlineData("events = '{}'")]
    [InlineData("events = '[7]'")]
    [InlineData("events = '[null]'")]
    [InlineData("events = '[{\"kind\":\"never_heard_of\"}]'")]
    [InlineData("events = '[{\"no\":\"kind\"}]'")]
    [InlineData("events = '[{\"kind\":\"order_progressed\",\"old\":\"nowhere\"}]'")]
    [InlineData("events = 'not json'")]
    [InlineData("events = events || events")]
    [InlineData("actor_role = 77, events = '[]]'")]
    public async Task GetHistory_OfARowThatIsNoJournalContent_NamesIt_AndTellsTheOthers(
        string damage)
    {
        var (customer, address) = await World.SignUp();
        await Damage(damage);

        var reply = await History.GetHistory(customer, All, _admin);
        reply.Code.ShouldBe(ReplyCode.Ok);
        var items = OrderWorld.Json(reply.Body).GetProperty("items").EnumerateArray().ToArray();
        items.Select(i => i.GetProperty("sequence").GetInt64()).ShouldContain(2);
        items.Single(i => i.GetProperty("sequence").GetInt64() == 2).GetProperty("kind")
            .GetString().ShouldBe("unreadable");
        Encoding.UTF8.GetString(reply.Body).ShouldContain(address.ToString());
        (await History.GetHistory(customer, All with { Kind = "signed_up" }, _admin)).Code
            .ShouldBe(ReplyCode.Ok);
        (await History.GetOwnHistory(All, World.Own(customer).Caller)).Code.ShouldBe(ReplyCode.Ok);
    }

    private Task Damage(string damage) => World.Silo.Database.Execute(
        $"UPDATE customer_event SET {damage} WHERE sequence = 2");

    [Fact]
    public async Task GetOwnHistory_OfOthersDoings_HidesTheirIds()
    {
        var (customer, address) = await World.SignUp();
        await World.Place(customer, address);
        var own = World.Own(customer).Caller;

        var text = Encoding.UTF8.GetString((await History.GetOwnHistory(All, own)).Body);

        text.ShouldContain("""{"id":null,"role":"uts"}""");
        text.ShouldContain($$"""{"id":"{{customer}}","role":"utc"}""");
    }

    [Fact]
    public async Task GetOwn_WithARevokedToken_IsRefused()
    {
        var (customer, _) = await World.SignUp();
        var old = new Caller(customer, CallerRole.Customer, 0);
        await World.Silo.Database.Execute("UPDATE users SET tokens_valid_after = now()");
        await World.Silo.Forget(customer);

        (await History.GetOwnHistory(All, old)).Code.ShouldBe(ReplyCode.TokenRevoked);
        (await History.GetOwnAccessLog(All.Page, old)).Code.ShouldBe(ReplyCode.TokenRevoked);
    }

    [Fact]
    public async Task GetAccessLog_OfOneMoment_PagesWithoutLossOrRepetition()
    {
        // The clock stands still: all entries have the same time.
        var (customer, _) = await World.SignUp();
        await Task.WhenAll(Enumerable.Range(0, 25)
            .Select(_ => History.GetHistory(customer, All, _admin)));
        var seen = new List<Guid>();

        for (string? cursor = null, more = ""; more is not null; cursor = more)
        {
            var reply = await History.GetAccessLog(customer, new PageRequest(4, cursor));
            var list = OrderWorld.Json(reply.Body);
            seen.AddRange(list.GetProperty("items").EnumerateArray()
                .Select(item => item.GetProperty("id").GetGuid()));
            more = list.GetProperty("next_cursor").GetString();
        }

        seen.Count.ShouldBe(25);
        seen.Distinct().Count().ShouldBe(25);
    }
}
