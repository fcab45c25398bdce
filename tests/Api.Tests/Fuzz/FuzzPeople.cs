using System.Collections.Concurrent;
using System.Net;
using CustomerGrains.Api.Tests.Http;

namespace CustomerGrains.Api.Tests.Fuzz;

/// <summary>Who sends the fuzzed requests, and the things they know of: one of each role, about one
/// customer.</summary>
internal sealed class FuzzPeople
{
    private readonly ConcurrentDictionary<string, Guid> _ids = new();

    public required Customer Customer { get; init; }

    public required Guid Branch { get; init; }

    public required Guid Rider { get; init; }

    public required IReadOnlyDictionary<string, string> Tokens { get; init; }

    public static async Task<FuzzPeople> Create(ApiClient api, bool isSignedUp = false)
    {
        var (branch, rider) = (Guid.NewGuid(), Guid.NewGuid());
        var customer = isSignedUp
            ? await api.SignUp("phone", Contacts.NewPhone())
            : await api.CreateGuest();
        var people = new FuzzPeople
        {
            Customer = customer,
            Branch = branch,
            Rider = rider,
            Tokens = new Dictionary<string, string>
            {
                ["utc"] = customer.Token,
                ["utb"] = await api.Token("utb", Guid.NewGuid(), branch),
                ["utd"] = await api.Token("utd", rider),
                ["uta"] = await api.Token("uta", Guid.NewGuid()),
                ["uts"] = await api.Token("uts", Guid.NewGuid()),
            },
        };
        people.Note("addresses", await customer.AddAddress());
        var order = Guid.NewGuid();
        var draft = OrderSystem.Draft(
            customer.Id, address: null, order,
            ""","contact":{"name":"Asha Rao","phone":"+919812345678"}""").Replace(
                OrderSystem.Branch.ToString(), branch.ToString(), StringComparison.Ordinal);
        (await api.Post("/api/orders", draft, people.Tokens["uts"])).ShouldBe(HttpStatusCode.Created);
        (await api.Post($"/api/orders/{order}/status",
            $$"""{"status":"accepted","rider_id":"{{rider}}"}""", people.Tokens["uts"]))
            .ShouldBe(HttpStatusCode.OK);
        people.Note("orders", order);
        return people;
    }

    /// <summary>The last one of a kind that was made; of nobody when there is none.</summary>
    public Guid Id(string kind) => _ids.TryGetValue(kind, out var id) ? id : Guid.NewGuid();

    public void Note(string kind, Guid id) => _ids[kind] = id;

    /// <summary>What an answer created can be asked for from now on.</summary>
    public void NoteFrom(FuzzedOperation operation, Answer answer)
    {
        if ((int)answer.Status is not (200 or 201 or 202)) return;
        var (member, kind) = operation.Name switch
        {
            "POST /api/utc/addresses" => ("id", "addresses"),
            "POST /api/utc/media" => ("id", "media"),
            "POST /api/utc/profile/request-change" => ("change_id", "changes"),
            "POST /api/utc/account-links" => ("link_id", "account-links"),
            "POST /api/utc/privacy/export" => ("export_id", "export"),
            "POST /api/admin/imports" => ("import_id", "imports"),
            "POST /api/auth/otp" => ("challenge_id", "challenges"),
            _ => default,
        };
        if (member is not null) Note(kind, answer.Json.GetProperty(member).GetGuid());
    }
}
