using System.Globalization;
using System.Text.Json;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Fuzz;

/// <summary>Random requests to every operation of the document: whatever is sent, the answer is
/// one that the document names, and never a fault of ours.</summary>
public sealed class FuzzTests(ServiceFixture service, ITestOutputHelper output)
{
    /// <summary>A failing run is repeated with its seed in this variable.</summary>
    private const string SeedVariable = "CUSTOMERGRAINS_SEED";

    private const int Requests = 3000;
    private const int DeepRequests = 100_000;

    /// <summary>Requests under way at once.</summary>
    private const int Lanes = 8;

    [Fact]
    public async Task AnyRequest_IsAnsweredAsDocumented()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable),
            CultureInfo.InvariantCulture, out var chosen) ? chosen : Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var total = Environment.GetEnvironmentVariable("CUSTOMERGRAINS_DEEP") is null
            ? Requests : DeepRequests;
        var operations = Operations((await service.Api.Get("/openapi/v1.json")).Json);

        var seen = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(
            lane => Run(new Random(seed + lane), operations, total / Lanes, seed)));

        foreach (var group in seen.SelectMany(one => one).GroupBy(one => one).OrderBy(g => g.Key))
            output.WriteLine($"{group.Key}: {group.Count()}");
    }

    private async Task<List<string>> Run(
        Random random, FuzzedOperation[] operations, int count, int seed)
    {
        var seen = new List<string>();
        var customer = await service.Api.CreateGuest();
        var address = await customer.AddAddress();
        var calls = new CallGenerator(random, customer.Token, address);
        for (var i = 0; i < count; i++)
        {
            var operation = operations[random.Next(operations.Length)];
            var call = calls.Next(operation);
            var answer = await service.Api.Send(call);
            var status = ((int)answer.Status).ToString(CultureInfo.InvariantCulture);
            var what = $"seed {seed}: {call.Method} {call.Path} {Show(call.Body)} → {answer.Text}";

            ((int)answer.Status).ShouldBeLessThan(500, what);
            operation.Statuses.ShouldContain(status, what);
            if ((int)answer.Status >= 400) answer.ContentType.ShouldBe("application/problem+json");
            seen.Add($"{operation.Name} {status}");
        }

        return seen;
    }

    private static string Show(byte[]? body) =>
        body is null ? "" : System.Text.Encoding.UTF8.GetString(body);

    private static FuzzedOperation[] Operations(JsonElement document) =>
    [
        .. from path in document.GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           select FuzzedOperation.Of(operation.Name, path.Name, operation.Value),
    ];
}
