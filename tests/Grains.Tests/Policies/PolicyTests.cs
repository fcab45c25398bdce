using System.Text.Json;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Policies;
using CustomerGrains.Grains.Tests.Orders;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Policies;

public sealed class PolicyTests(PostgresFixture postgres) : OrderWorldTests(postgres)
{
    private readonly Caller _admin = new(Guid.CreateVersion7(), CallerRole.Admin, 0);

    private IPolicyGrain Policy => World.Silo.Grains.GetGrain<IPolicyGrain>("category-ages");

    [Theory]
    [InlineData("alcohol", "2008-11-23", null)]
    [InlineData("alcohol", "2008-11-24", ReplyCode.Underage)]
    [InlineData("tobacco", null, ReplyCode.AgeUnknown)]
    [InlineData("bread", null, null)]
    public async Task Eligibility_SaysWhatPlacementDoes(
        string category, string? born, ReplyCode? refusal)
    {
        var (customer, address) = await World.SignUp(born);
        var draft = OrderWorld.Draft(customer, address) with { Categories = ["bread", category] };

        var eligibility = await Eligibility(customer, category);
        var placed = await World.Customer(customer).PlaceOrder(draft, World.System());

        placed.Code.ShouldBe(refusal ?? ReplyCode.Created);
        eligibility.ShouldBe(refusal switch
        {
            ReplyCode.Underage => """{"category":"alcohol","allowed":false,"code":"underage","minimum_age":18}""",
            ReplyCode.AgeUnknown => """{"category":"tobacco","allowed":false,"code":"age-unknown","minimum_age":18}""",
            _ => category == "bread"
                ? """{"category":"bread","allowed":true,"code":null,"minimum_age":null}"""
                : """{"category":"alcohol","allowed":true,"code":null,"minimum_age":18}""",
        });
    }

    [Fact]
    public async Task Replace_CountsAtOnceInThisSilo_AndOnlyFromThePresentVersion()
    {
        var (customer, _) = await World.SignUp("2006-01-01");
        await Eligibility(customer, "alcohol");

        var replaced = await Policy.Replace(Draft(1, ("alcohol", 21)), _admin);

        replaced.Code.ShouldBe(ReplyCode.Ok);
        OrderWorld.Json(replaced.Body).GetProperty("version").GetInt64().ShouldBe(2);
        OrderWorld.Json(replaced.Body).GetProperty("changed_by").GetGuid().ShouldBe(_admin.Id);
        (await Eligibility(customer, "alcohol")).ShouldContain("underage");
        (await Eligibility(customer, "tobacco")).ShouldContain("\"minimum_age\":null");
        // Once more after a lost answer; by somebody else, with something else, from long ago.
        (await Policy.Replace(Draft(1, ("alcohol", 21)), _admin)).Body.ShouldBe(replaced.Body);
        foreach (var (draft, caller) in ((PolicyDraft, Caller)[])
        [
            (Draft(1, ("alcohol", 21)), _admin with { Id = Guid.CreateVersion7() }),
            (Draft(1, ("alcohol", 20)), _admin),
            (Draft(7), _admin),
        ])
            (await Policy.Replace(draft, caller)).Code.ShouldBe(ReplyCode.VersionMismatch);
        (await Policy.Get()).Body.ShouldBe(replaced.Body);
    }

    [Fact]
    public async Task Change_InAnotherSilo_IsNoticedWithinSeconds()
    {
        var (customer, _) = await World.SignUp("2006-01-01");
        await Eligibility(customer, "alcohol");
        await World.Silo.Database.Execute(
            "INSERT INTO policies (name, version, document, changed_at) "
            + "VALUES ('category-ages', 2, '{\"alcohol\": 21}', now())");

        (await Eligibility(customer, "alcohol")).ShouldContain("\"allowed\":true");
        World.Silo.Time.Advance(RuleBook.StalenessMax);
        await Eventually.Holds(
            "the silo has read it",
            async () => (await Eligibility(customer, "alcohol"))
                .Contains("underage", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Database_AsDelivered_SaysWhatTheRulesDo()
    {
        var rules = World.Silo.Service<RuleBook>().Current;
        TierPolicy.Write(rules.Tiers).ToJsonString()
            .ShouldBe(TierPolicy.Write(TierRules.AsDelivered).ToJsonString());
        CompletionPolicy.Write(rules.Completion).ToJsonString()
            .ShouldBe(CompletionPolicy.Write(CompletionRules.AsDelivered).ToJsonString());
        RiskPolicy.Write(rules.Risk).ToJsonString()
            .ShouldBe(RiskPolicy.Write(RiskRules.AsDelivered).ToJsonString());
        (rules.Tiers.Version, rules.Completion.Version, rules.Risk.Version).ShouldBe((1, 1, 1));
        foreach (var kind in PolicyKind.All)
        {
            var reply = await World.Silo.Grains.GetGrain<IPolicyGrain>(kind.Name).Get();
            OrderWorld.Json(reply.Body).GetProperty("name").GetString().ShouldBe(kind.Name);
            OrderWorld.Json(reply.Body).GetProperty("version").GetInt64().ShouldBe(1);
        }
    }

    [Fact]
    public async Task Completion_OnceReplaced_ShowsInAProfileThatIsInMemory()
    {
        var (customer, _) = await World.SignUp();
        (await Percentage(customer)).ShouldBe(65);

        var replaced = await World.Silo.Grains.GetGrain<IPolicyGrain>("completion")
            .Replace(new(1, """{"name":60,"avatar_media_id":40}"""), _admin);

        replaced.Code.ShouldBe(ReplyCode.Ok);
        (await Percentage(customer)).ShouldBe(60);
    }

    [Fact]
    public async Task Policy_ThatIsNotUnderstood_LeavesThoseKnownInForce()
    {
        var (customer, _) = await World.SignUp();
        await World.Silo.Database.Execute(
            "INSERT INTO policies (name, version, document, changed_at) VALUES "
            + "('completion', 2, '{\"shoe_size\": 100}', now()), ('newer', 1, '{}', now())");

        await World.Silo.Service<RuleBook>().Refresh();

        (await Percentage(customer)).ShouldBe(65);
    }

    [Fact]
    public async Task Refresh_WithoutAChange_KeepsWhatWasMadeByTheRules()
    {
        var rules = World.Silo.Service<RuleBook>();
        var before = rules.Current;
        await rules.Refresh();
        rules.Current.ShouldBeSameAs(before);
    }

    [Theory]
    [InlineData("Alcohol", 18)]
    [InlineData("", 18)]
    [InlineData("alcohol", -1)]
    [InlineData("alcohol", 131)]
    [InlineData("alcohol", long.MaxValue)]
    public async Task Replace_WithABadDocument_IsInvalid(string category, long age)
    {
        var reply = await Policy.Replace(Draft(1, (category, age)), _admin);
        reply.Code.ShouldBe(ReplyCode.InvalidMember);
        reply.Errors.ShouldHaveSingleItem().Member.ShouldBe("document");
    }

    private async Task<int> Percentage(Guid customer)
    {
        var reply = await World.Customer(customer).GetProfile(World.Own(customer).Caller);
        return OrderWorld.Json(reply.Body).GetProperty("profile_completion_percentage").GetInt32();
    }

    private async Task<string> Eligibility(Guid customer, string category)
    {
        var reply = await World.Customer(customer)
            .GetEligibility(category, World.Own(customer).Caller);
        reply.Code.ShouldBe(ReplyCode.Ok);
        return System.Text.Encoding.UTF8.GetString(reply.Body);
    }

    private static PolicyDraft Draft(long version, params (string Name, long Age)[] members) =>
        new(version, JsonSerializer.Serialize(members.ToDictionary(m => m.Name, m => m.Age)));
}
