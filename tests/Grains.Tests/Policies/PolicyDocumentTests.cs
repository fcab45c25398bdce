using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Grains.Policies;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Policies;

public sealed class PolicyDocumentTests
{
    private const string Tiers =
        """{"regular":{"orders":3,"spend":"0.00"},"vip":{"orders":10,"spend":"10000.00"},"premium":{"orders":30,"spend":"50000.00"}}""";

    [Theory]
    [InlineData("category-ages", """{"tobacco":18,"alcohol":21}""", """{"alcohol":21,"tobacco":18}""")]
    [InlineData("category-ages", "{}", "{}")]
    [InlineData("tiers", Tiers, Tiers)]
    [InlineData("completion", """{"name":40,"gender":0,"phone":60}""", """{"phone":60,"name":40}""")]
    [InlineData("risk", "{}", "{}")]
    [InlineData("risk",
        """{"merges":{"max":3,"points":1,"free":2},"otp-failures":{"points":0,"free":0,"max":0}}""",
        """{"merges":{"points":1,"free":2,"max":3}}""")]
    public void Document_InItsUsualForm(string policy, string document, string normal)
    {
        var v = new Validation();
        PolicyKind.Find(policy)!.Normalise(document, v).ToJsonString().ShouldBe(normal);
        v.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("category-ages", """{"Alcohol":18}""")]
    [InlineData("category-ages", """{"alcohol":131}""")]
    [InlineData("category-ages", """{"alcohol":-1}""")]
    [InlineData("category-ages", """{"alcohol":18.5}""")]
    [InlineData("category-ages", """{"alcohol":1e400}""")]
    [InlineData("category-ages", """{"alcohol":"18"}""")]
    [InlineData("tiers", "{}")]
    [InlineData("tiers", """{"regular":{"orders":3,"spend":"0.00"},"vip":{"orders":10,"spend":"10000.00"}}""")]
    [InlineData("tiers", """{"regular":3,"vip":[],"premium":null}""")]
    [InlineData("tiers", """{"regular":{"orders":0,"spend":"0.00"},"vip":{"orders":1,"spend":"1.00"},"premium":{"orders":3,"spend":"5.00"}}""")]
    [InlineData("tiers", """{"regular":{"orders":3,"spend":"0.00"},"vip":{"orders":2,"spend":"1.00"},"premium":{"orders":3,"spend":"5.00"}}""")]
    [InlineData("tiers", """{"regular":{"orders":3,"spend":0},"vip":{"orders":3,"spend":"1.00"},"premium":{"orders":3,"spend":"5.00"}}""")]
    [InlineData("tiers", """{"regular":{"orders":3,"spend":"0.0"},"vip":{"orders":3,"spend":"1.00"},"premium":{"orders":3,"spend":"5.00"}}""")]
    [InlineData("tiers", """{"regular":{"orders":3,"spend":"\ud800.00"},"vip":{"orders":3,"spend":"1.00"},"premium":{"orders":3,"spend":"5.00"}}""")]
    [InlineData("tiers", """{"regular":{"orders":3,"spend":"0.00","x":1},"vip":{"orders":3,"spend":"1.00"},"premium":{"orders":3,"spend":"5.00"}}""")]
    [InlineData("tiers", """{"regular":{"orders":3,"spend":"0.00"},"vip":{"orders":3,"spend":"1.00"},"premium":{"orders":3,"spend":"5.00"},"gold":{}}""")]
    [InlineData("completion", "{}")]
    [InlineData("completion", """{"name":99}""")]
    [InlineData("completion", """{"name":60,"phone":41}""")]
    [InlineData("completion", """{"name":101,"phone":-1}""")]
    [InlineData("completion", """{"name":50,"shoe_size":50}""")]
    [InlineData("risk", """{"bad-hair":{"points":1,"free":2,"max":3}}""")]
    [InlineData("risk", """{"merges":{"points":1,"free":2}}""")]
    [InlineData("risk", """{"merges":{"points":1,"free":2,"max":101}}""")]
    [InlineData("risk", """{"merges":{"points":1,"free":-1,"max":3}}""")]
    [InlineData("risk", """{"merges":{"points":1,"free":1,"max":3,"weight":1}}""")]
    [InlineData("risk", """{"merges":5}""")]
    public void Document_ThatBreaksARule_IsRefused(string policy, string document)
    {
        var v = new Validation();
        Should.NotThrow(() => PolicyKind.Find(policy)!.Normalise(document, v));
        v.IsClean.ShouldBeFalse();
        v.Errors.ShouldAllBe(e => e.Member == "document");
    }

    [Fact]
    public void AsDelivered_SurvivesItsDocuments()
    {
        var v = new Validation();
        var rules = CustomerRules.AsDelivered;
        Read("tiers", TierPolicy.Write(rules.Tiers)).ShouldBe(Tiers);
        Read("completion", CompletionPolicy.Write(rules.Completion))
            .ShouldBe(CompletionPolicy.Write(rules.Completion).ToJsonString());
        Read("risk", RiskPolicy.Write(rules.Risk))
            .ShouldBe(RiskPolicy.Write(rules.Risk).ToJsonString());
        v.Errors.ShouldBeEmpty();

        string Read(string policy, System.Text.Json.Nodes.JsonObject document) =>
            PolicyKind.Find(policy)!.Normalise(document.ToJsonString(), v).ToJsonString();
    }
}
