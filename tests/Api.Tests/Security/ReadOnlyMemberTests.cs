using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerGrains.Api.Tests.Fuzz;
using CustomerGrains.Api.Tests.Http;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Security;

/// <summary>Nobody sets what a request cannot set: every member name that the whole document knows,
/// and some that it does not, in every body where it does not belong.</summary>
[Trait("Section", "S3")]
public sealed class ReadOnlyMemberTests(ServiceFixture service, ITestOutputHelper output)
{
    /// <summary>Requests under way at once.</summary>
    private const int Lanes = 16;

    /// <summary>Names of columns and of other people's frameworks.</summary>
    private static readonly string[] Strange =
    [
        "__proto__", "constructor", "$type", "is_admin", "tokens_valid_after", "deleted_at",
        "merged_into", "risk_score", "phone_index", "password", "ID", "Phone",
    ];

    private static readonly string[] Values = ["null", "\"x\"", "{\"a\":1}"];

    /// <summary>So that no token sends more than its limit.</summary>
    private const int People = 8;

    [Fact]
    public async Task EveryBody_WithAnyMemberItCannotSet_IsRefusedAndChangesNothing()
    {
        var document = (await service.Api.Get("/openapi/v1.json")).Json;
        var names = NamesIn(document).Concat(Strange).Distinct().ToArray();
        var operations = FuzzedOperation.AllOf(document)
            .Where(o => o is { Example: not null, BodyType: "application/json" }).ToArray();
        var people = await Task.WhenAll(
            Enumerable.Range(0, People).Select(_ => FuzzPeople.Create(service.Api)));
        var calls = new ValidCalls(new Random(1));
        var before = await Profiles();

        var attempts = operations.SelectMany(o => names
            .Where(name => !o.Types.ContainsKey(name))
            .SelectMany(name => Values, (name, value) => (o, name, value))).ToArray();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var n && n < attempts.Length)
                await Check(attempts[n].o, attempts[n].name, attempts[n].value, people[n % People]);
        }));

        (await Profiles()).ShouldBe(before);
        output.WriteLine(Scoreboard.Add("S3",
            ("operations", operations.Length), ("members", names.Length),
            ("attempts", attempts.Length), ("accepted", 0)));

        Task<string[]> Profiles() => Task.WhenAll(people.Select(async p =>
            (await p.Customer.Profile()).ShouldBe(HttpStatusCode.OK).Text));

        async Task Check(FuzzedOperation operation, string name, string value, FuzzPeople by)
        {
            JsonObject body;
            Call call;
            lock (calls)
            {
                body = calls.BodyOf(operation, by)!;
                call = calls.Of(operation, by) with { Key = null, IfMatch = null };
            }

            body[name] = JsonNode.Parse(value);
            var answer = await service.Api.Send(call.With(body.ToJsonString()));
            ((int)answer.Status).ShouldBe(400, $"{operation.Name} {name}: {answer.Text}");
            answer.Code.ShouldBeOneOf("unknown-member", "read-only-member");
            answer.ErrorNames.ShouldContain(name);
        }
    }

    /// <summary>Of all bodies and answers, inner ones too.</summary>
    private static IEnumerable<string> NamesIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(NamesIn),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(m =>
            m is { Name: "properties", Value.ValueKind: JsonValueKind.Object }
                ? m.Value.EnumerateObject().Select(p => p.Name).Concat(NamesIn(m.Value))
                : NamesIn(m.Value)),
        _ => [],
    };
}
