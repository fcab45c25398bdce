using System.Globalization;
using System.Text.Json.Nodes;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Fuzz;

/// <summary>Random requests of the order system, a rider and an administrator about one living
/// order and its customer: the answer is one that the document names, and never a fault of ours.</summary>
public sealed class OrderFuzzTests(ServiceFixture service, ITestOutputHelper output)
{
    /// <summary>A failing run is repeated with its seed in this variable.</summary>
    private const string SeedVariable = "CUSTOMERGRAINS_SEED";

    private const int RequestsPerRole = 700;

    [Theory]
    [InlineData("uts", "/api/orders")]
    [InlineData("utd", "/api/utd")]
    [InlineData("uta", "/api/admin/policies")]
    [InlineData("uta", "/api/admin/customers")]
    [InlineData("uta", "/api/admin/metrics")]
    [InlineData("uta", "/api/admin/heatmap")]
    [InlineData("uta", "/api/admin/imports")]
    public async Task AnyRequest_IsAnsweredAsDocumented(string role, string prefix)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable),
            CultureInfo.InvariantCulture, out var chosen) ? chosen : Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var rider = Guid.NewGuid();
        var (customer, order) = await OrderOf(rider);
        var operations = await Operations(prefix, customer.Id);
        var token = await service.Api.Token(role, rider);
        var isOfCustomers = prefix.EndsWith("customers", StringComparison.Ordinal);
        var calls = new CallGenerator(random, token, isOfCustomers ? customer.Id : order);
        var accepted = 0;
        for (var i = 0; i < RequestsPerRole; i++)
        {
            var operation = operations[random.Next(operations.Length)];
            var call = calls.Next(operation);
            if (operation.Example is JsonObject example && random.Next(2) == 0)
                call = call.With(OneRandom(example, random));
            var answer = await service.Api.Send(call);
            var status = ((int)answer.Status).ToString(CultureInfo.InvariantCulture);
            var body = call.Body is null ? "" : System.Text.Encoding.UTF8.GetString(call.Body);
            var what = $"seed {seed}: {call.Method} {call.Path} {body} → {answer.Text}";

            ((int)answer.Status).ShouldBeLessThan(500, what);
            operation.Statuses.ShouldContain(status, what);
            if ((int)answer.Status < 300) accepted++;
        }

        accepted.ShouldBeGreaterThan(RequestsPerRole / 50, "not only the shape was looked at");
    }

    /// <summary>The example with one member as random as it gets, so that the rest is good enough
    /// to reach the rules behind it.</summary>
    private static string OneRandom(JsonObject example, Random random)
    {
        var names = example.Select(member => member.Key).ToArray();
        var chosen = names[random.Next(names.Length)];
        var one = new JsonGenerator(random).Body([chosen], example).Trim('{', '}');
        var others = names.Where(name => name != chosen).Select(name => name == "order_id"
            ? $"\"order_id\":\"{Guid.NewGuid()}\""
            : $"\"{name}\":{example[name]?.ToJsonString() ?? "null"}");
        return "{" + string.Join(",", one.Length == 0 ? others : others.Append(one)) + "}";
    }

    private async Task<(Customer Customer, Guid Order)> OrderOf(Guid rider)
    {
        var orders = await OrderSystem.Create(service.Api);
        var customer = await service.Api.SignUp();
        var order = await orders.Place(customer.Id, null);
        await orders.Move(order, "accepted", rider);
        return (customer, order);
    }

    /// <summary>With examples that name a customer who lives. The policy's one has a version that
    /// is long gone, so that other tests keep theirs.</summary>
    private async Task<FuzzedOperation[]> Operations(string prefix, Guid customer)
    {
        var document = (await service.Api.Get("/openapi/v1.json")).Json;
        FuzzedOperation[] operations =
        [
            .. from path in document.GetProperty("paths").EnumerateObject()
               where path.Name.StartsWith(prefix, StringComparison.Ordinal)
               from operation in path.Value.EnumerateObject()
               select FuzzedOperation.Of(operation.Name, path.Name, operation.Value),
        ];
        operations.ShouldNotBeEmpty();
        foreach (var example in operations.Select(o => o.Example).OfType<JsonObject>())
        {
            if (example.ContainsKey("customer_id")) example["customer_id"] = customer.ToString();
            if (example.ContainsKey("address_id")) example["address_id"] = null;
            if (example.ContainsKey("version")) example["version"] = 999_999;
        }

        return operations;
    }
}
