using System.Globalization;
using System.Net;
using CustomerGrains.Api.Tests.Http;

namespace CustomerGrains.Api.Tests.Fuzz;

/// <summary>One client of many: sends, looks at every answer by all rules, and follows what it
/// made.</summary>
internal sealed class FuzzLane(ApiClient api, FuzzedOperation[] operations, Random random)
{
    /// <summary>New people after so many requests: what was done to the old ones does not hold
    /// for ever.</summary>
    private const int RequestsPerPeople = 400;

    /// <summary>Of a hundred: work that grows with what all others did.</summary>
    private static readonly Dictionary<string, int> Shares = new()
    {
        ["POST /api/admin/audit/verify"] = 1,
        ["GET /api/admin/heatmap"] = 10,
        ["GET /api/admin/customers"] = 20,
        ["GET /api/admin/addresses/nearest"] = 20,
        ["GET /api/admin/metrics"] = 20,
        ["GET /api/admin/segments"] = 20,
        ["GET /api/admin/customers/{id}/history"] = 30,
        ["GET /api/utb/orders"] = 30,
        ["POST /api/auth/guest"] = 30,
        ["POST /api/utc/privacy/export"] = 10,
        ["POST /api/admin/imports"] = 20,
        ["POST /api/auth/otp"] = 30,
        ["POST /api/utc/account-links"] = 30,
    };

    private readonly Mutations _mutations = new(random);

    /// <summary>Operation and status, and how often.</summary>
    public Dictionary<string, int> Seen { get; } = [];

    public int Sent { get; private set; }

    /// <summary>By rule, what broke it first.</summary>
    public Dictionary<string, List<string>> Broken { get; } = [];

    public async Task Run(int requests)
    {
        FuzzPeople? people = null;
        var left = 0;
        while (Sent < requests)
        {
            if (left-- == 0)
            {
                people = await FuzzPeople.Create(api);
                left = RequestsPerPeople;
            }

            var operation = operations[random.Next(operations.Length)];
            if (Shares.TryGetValue(operation.Name, out var share) && random.Next(100) >= share)
                continue;
            var sent = _mutations.Next(operation, people!);
            var answer = await Send(sent);
            people!.NoteFrom(operation, answer);
            await Follow(sent, answer, people);
        }
    }

    public async Task<Answer> Send(FuzzedCall sent)
    {
        var answer = await api.Send(sent.Call);
        Sent++;
        var key = string.Create(
            CultureInfo.InvariantCulture, $"{sent.Operation.Name} {(int)answer.Status}");
        Seen[key] = Seen.GetValueOrDefault(key) + 1;
        foreach (var (rule, why) in FuzzRules.Broken(sent, answer)) Break(rule, why, sent, answer);
        return answer;
    }

    /// <summary>What a success promises about the next request.</summary>
    private async Task Follow(FuzzedCall sent, Answer answer, FuzzPeople people)
    {
        if (sent.How != "valid" || (int)answer.Status >= 300) return;
        if (sent.Call.Key is not null && random.Next(4) == 0)
        {
            var again = await Send(sent);
            if (!again.IsReplay || again.Text != answer.Text)
                Break("first answer again", $"{(int)again.Status}", sent, again);
        }

        var get = operations.FirstOrDefault(o => o.Name == $"GET {sent.Operation.Path}/{{id}}");
        if (get is not null && answer.Status == HttpStatusCode.Created)
        {
            var path = $"{sent.Operation.Path}/{answer.Json.GetProperty("order_id").GetString()}";
            var there = await Send(sent with
            {
                Operation = get,
                Call = new Call("GET", path) { Token = sent.Call.Token },
            });
            if (there.Status != HttpStatusCode.OK)
                Break("created is there", $"{(int)there.Status}", sent, there);
        }

        if (sent.Operation.Name != "DELETE /api/utc/addresses/{id}") return;
        var gone = await Send(sent with { Call = sent.Call with { Key = null, IfMatch = null } });
        if (gone.Status != HttpStatusCode.NotFound)
            Break("gone stays gone", $"{(int)gone.Status}", sent, gone);
        people.Note("addresses", await people.Customer.AddAddress());
    }

    private void Break(string rule, string why, FuzzedCall sent, Answer answer)
    {
        if (!Broken.TryGetValue(rule, out var cases)) Broken[rule] = cases = [];
        cases.Add($"{why}: {FuzzRules.Describe(sent, answer)}");
    }
}
