using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CustomerGrains.Api.Tests.Http;

namespace CustomerGrains.Api.Tests.Fuzz;

/// <summary>Makes requests in which everything is as the document asks for: what is refused is
/// refused for the state of things, never for its form.</summary>
internal sealed class ValidCalls(Random random)
{
    private static readonly string[] Statuses =
        ["accepted", "picked_up", "delivered", "cancelled", "failed"];

    public Call Of(FuzzedOperation operation, FuzzPeople people) => new Call(
        operation.Method, PathOf(operation, people) + QueryOf(operation, people))
    {
        Token = operation.Role is { } role ? people.Tokens[role] : null,
        Key = operation.IsCommand && random.Next(3) == 0 ? Guid.NewGuid().ToString() : null,
        IfMatch = operation.IsCommand && random.Next(10) == 0 ? "*" : null,
        ContentType = operation.BodyType,
        Body = BodyOf(operation, people) is { } body ? Encoding.UTF8.GetBytes(body.ToJsonString()) : null,
    };

    /// <summary>The example with what has to be of this service and of now.</summary>
    public JsonObject? BodyOf(FuzzedOperation operation, FuzzPeople people)
    {
        if (operation.Example?.DeepClone() is not JsonObject body) return null;
        foreach (var name in body.Select(m => m.Key).ToArray())
        {
            if (ValueOf(operation, name, body, people) is { } value) body[name] = value;
            // Now and then as little as is enough.
            else if (!operation.Required.Contains(name) && name != "evidence" && random.Next(6) == 0
                && !operation.Path.Contains("/addresses", StringComparison.Ordinal))
                body.Remove(name);
        }

        if (operation.Path == "/dev/token" && body["role"]?.GetValue<string>() != "utb")
            body.Remove("branch_id");
        if (operation.Path.EndsWith("/block", StringComparison.Ordinal)
            && body["kind"]?.GetValue<string>() != "suspended")
            body.Remove("until");
        return body;
    }

    public string PathOf(FuzzedOperation operation, FuzzPeople people) =>
        operation.Path.Replace("{id}", IdOf(operation, people).ToString(), StringComparison.Ordinal);

    private Guid IdOf(FuzzedOperation operation, FuzzPeople people)
    {
        if (random.Next(20) == 0) return Guid.NewGuid();
        var before = operation.Path.Split("/{id}")[0];
        var kind = before[(before.LastIndexOf('/') + 1)..];
        return kind == "customers" ? people.Customer.Id : people.Id(kind);
    }

    private string QueryOf(FuzzedOperation operation, FuzzPeople people)
    {
        var given = operation.Query
            .Where(q => q.Required || random.Next(4) == 0)
            .Select(q => (q.Name, Value: QueryValueOf(operation, q.Name, people)))
            .Where(q => q.Value is not null)
            .Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value!)}").ToArray();
        return given.Length == 0 ? "" : "?" + string.Join('&', given);
    }

    private string? QueryValueOf(
        FuzzedOperation operation, string name, FuzzPeople people) => name switch
    {
        "limit" => Text(random.Next(1, 201)),
        "purpose" => "Ticket 7",
        "category" => "alcohol",
        "kind" => "contact_changed",
        "from" or "to" when operation.Path.EndsWith("metrics", StringComparison.Ordinal) =>
            Text(DateTime.UtcNow, "yyyy-MM-dd"),
        "from" => "2026-01-01T00:00:00Z",
        "to" when operation.Path == "/dev/messages" => "+919812345678",
        "to" => "2030-01-01T00:00:00Z",
        "phone" => "+919812345678",
        "email" => "ann@example.org",
        "name" => "an",
        "tier" => "vip",
        "segment" => "loyal",
        "status" => "active",
        "min_spend" => "1.00",
        "max_spend" => "9999.00",
        "latitude" => "18.52",
        "longitude" => "73.85",
        "radius_m" => Text(random.Next(1, 5000)),
        "precision" => Text(random.Next(1, 8)),
        "confirm_active_order" => "true",
        _ => null,
    };

    /// <returns>Null: as in the example.</returns>
    private JsonNode? ValueOf(
        FuzzedOperation operation, string name, JsonObject body, FuzzPeople people) => name switch
    {
        "order_id" => Guid.NewGuid().ToString(),
        "customer_id" => people.Customer.Id.ToString(),
        "branch_id" => people.Branch.ToString(),
        "address_id" => people.Id("addresses").ToString(),
        "redundant_id" or "merge_id" => Guid.NewGuid().ToString(),
        "change_id" => people.Id("changes").ToString(),
        "challenge_id" => people.Id("challenges").ToString(),
        "rider_id" => people.Rider.ToString(),
        "status" => Statuses[random.Next(Statuses.Length)],
        "sub" => Guid.NewGuid().ToString(),
        "version" => 999_999, // gone long ago: the policies stay
        "external_id" => Guid.NewGuid().ToString(),
        "phone" => Contacts.NewPhone(),
        "email" => Contacts.NewEmail(),
        "contact" when body["channel"] is { } channel => Fresh(channel),
        "new_value" => Fresh(body["channel"]!),
        "refresh_token" or "token" => $"{Guid.NewGuid():N}{Guid.NewGuid():N}",
        "events" => new JsonArray(new JsonObject
        {
            ["kind"] = "session_started",
            ["at"] = Text(DateTime.UtcNow.AddMinutes(-1), "yyyy-MM-ddTHH:mm:ssZ"),
            ["session_id"] = Text(random.Next()),
        }),
        _ => null,
    };

    private static string Fresh(JsonNode channel) =>
        channel.GetValue<string>() == "phone" ? Contacts.NewPhone() : Contacts.NewEmail();

    private static string Text(IFormattable value, string? format = null) =>
        value.ToString(format, CultureInfo.InvariantCulture);
}
