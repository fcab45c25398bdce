using System.Net;
using CustomerGrains.Api.Tests.Http;
using CustomerGrains.Tests.Support;
using Xunit;

namespace CustomerGrains.Api.Tests.Fuzz;

/// <summary>Every operation with success, in an order in which each can have it; every answer is
/// looked at by the same rules as those of random requests.</summary>
internal sealed class FuzzWalk(ApiClient api, FuzzLane lane, FuzzedOperation[] operations)
{
    private string? _token;

    public async Task Run()
    {
        await Open();
        var phone = Contacts.NewPhone();
        var customer = await SignIn(phone);
        await Profile();
        var resend = Resend();
        await ChangeContacts();
        var address = await Orders(customer);
        await Staff(customer);
        await Policies();
        await Privacy();
        await Merges(customer);
        await resend;
        await Ok("DELETE /api/utc/addresses/{id}", address, _token);
    }

    private async Task Open()
    {
        foreach (var name in (string[])
            ["GET /health/live", "GET /health/ready", "GET /.well-known/jwks.json"])
            await Ok(name);
        await Ok("POST /dev/token", body: $$"""{"role":"uta","sub":"{{Guid.NewGuid()}}"}""");
        var guest = await Ok("POST /api/auth/guest", body: "{}");
        var next = await Ok("POST /api/auth/refresh",
            body: $$"""{"refresh_token":"{{guest.Member("refresh_token")}}"}""");
        await Ok("POST /api/auth/sign-out",
            body: $$"""{"refresh_token":"{{next.Member("refresh_token")}}"}""");
    }

    /// <returns>The customer's id.</returns>
    private async Task<Guid> SignIn(string phone)
    {
        var start = await Ok("POST /api/auth/otp", body: ApiClient.StartOf("phone", phone));
        var tokens = await Ok("POST /api/auth/token",
            body: $$"""{"challenge_id":"{{start.Member("challenge_id")}}","code":"{{await Code(phone, "sign_in")}}"}""");
        await Ok("GET /dev/messages", query: "to=" + Uri.EscapeDataString(phone));
        _token = tokens.Member("access_token");
        return tokens.Json.GetProperty("customer_id").GetGuid();
    }

    private async Task Profile()
    {
        await Ok("PATCH /api/utc/profile", token: _token,
            body: """{"name":"Asha Rao","date_of_birth":"1990-04-17"}""");
        await Ok("POST /api/utc/media", token: _token,
            body: """{"content_type":"image/png","bytes":7}""");
        foreach (var name in (string[])["profile", "addresses", "history", "access-log"])
            await Ok($"GET /api/utc/{name}", token: _token);
        await Ok("GET /api/utc/eligibility", token: _token, query: "category=alcohol");
        await Ok("POST /api/utc/activity", token: _token, body:
            $$"""{"events":[{"kind":"cart_abandoned","at":"{{DateTime.UtcNow:O}}","session_id":"s"}]}""");
    }

    /// <summary>A second code may be asked for after half a minute; the others go on meanwhile.
    /// </summary>
    private async Task Resend()
    {
        var guest = await api.CreateGuest();
        var change = await Ok("POST /api/utc/profile/request-change", token: guest.Token,
            body: $$"""{"channel":"email","new_value":"{{Contacts.NewEmail()}}"}""");
        var body = $$"""{"change_id":"{{change.Member("change_id")}}"}""";
        var wait = change.Json.GetProperty("resend_after").GetDateTimeOffset() - DateTimeOffset.UtcNow;
        await Task.Delay(wait + TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        await Ok("POST /api/utc/profile/resend-change", token: guest.Token, body: body);
    }

    private async Task ChangeContacts()
    {
        var email = Contacts.NewEmail();
        var change = await Ok("POST /api/utc/profile/request-change", token: _token,
            body: $$"""{"channel":"email","new_value":"{{email}}"}""");
        await Ok("POST /api/utc/profile/verify-change", token: _token, body:
            $$"""
            {"change_id":"{{change.Member("change_id")}}",
             "code":"{{await Code(email, "profile_update")}}"}
            """);
        var second = await Ok("POST /api/utc/profile/request-change", token: _token,
            body: $$"""{"channel":"phone","new_value":"{{Contacts.NewPhone()}}"}""");
        await Ok("DELETE /api/utc/profile/changes/{id}",
            second.Json.GetProperty("change_id").GetGuid(), _token);
        // The old phone is told of the wish and of the change; the newer token undoes it.
        var third = await api.SignUp("phone", Contacts.NewPhone());
        var undone = await ContactChange.Request(third, "phone", Contacts.NewPhone());
        (await undone.Verify()).ShouldBe(HttpStatusCode.OK);
        await Ok("POST /api/contact-undo", body:
            $$"""{"token":"{{await ContactChange.Token(api, third.Contact, notices: 2)}}"}""");
    }

    private async Task<Guid> Orders(Guid customer)
    {
        var address = (await Ok("POST /api/utc/addresses", token: _token, body: Customer.Home))
            .Json.GetProperty("id").GetGuid();
        await Ok("PATCH /api/utc/addresses/{id}", address, _token, """{"label":"Work"}""");
        await Ok("PATCH /api/utc/addresses/{id}/default", address, _token, """{"is_default":true}""");
        var (system, rider, order) = (await api.Token("uts", Guid.NewGuid()), Guid.NewGuid(), Guid.NewGuid());
        await Ok("POST /api/orders", token: system, body: OrderSystem.Draft(customer, address, order));
        await Ok("POST /api/orders/{id}/status", order, system,
            $$"""{"status":"accepted","rider_id":"{{rider}}"}""");
        await Ok("GET /api/orders/{id}", order, system);
        var riding = await api.Token("utd", rider);
        await Ok("GET /api/utd/orders/{id}/phone-updated", order, riding);
        await Ok("GET /api/utd/orders/{id}/contact", order, riding);
        await Ok("POST /api/utd/orders/{id}/contact/ack", order, riding, """{"contact_version":0}""");
        var desk = await api.Token("utb", Guid.NewGuid(), OrderSystem.Branch);
        await Ok("GET /api/utb/orders", token: desk, query: "purpose=Ticket");
        await Ok("GET /api/utb/orders/{id}/customer", order, desk, query: "purpose=Ticket");
        foreach (var status in (string[])["picked_up", "delivered"])
            await Ok("POST /api/orders/{id}/status", order, system, $$"""{"status":"{{status}}"}""");
        return address;
    }

    private async Task Staff(Guid customer)
    {
        var admin = await api.Token("uta", Guid.NewGuid());
        await Ok("POST /api/admin/customers/{id}/block", customer, admin, Admin.Bar());
        await Ok("POST /api/admin/customers/{id}/unblock", customer, admin, "{}");
        await Ok("POST /api/admin/customers/{id}/verification", customer, admin,
            """{"is_verified":true,"evidence":"Passport 7","comment":null}""");
        foreach (var name in (string[])["", "/history", "/access-log"])
            await Ok("GET /api/admin/customers/{id}" + name, customer, admin);
        foreach (var name in (string[])["metrics", "segments", "customers", "heatmap"])
            await Ok($"GET /api/admin/{name}", token: admin);
        await Ok("GET /api/admin/customers", token: admin, query: "name=asha&limit=1");
        await Ok("GET /api/admin/addresses/nearest", token: admin, query: "latitude=18&longitude=73");
        var import = await Ok("POST /api/admin/imports", token: admin,
            body: $$"""{"external_id":"{{Guid.NewGuid()}}","name":"N"}""");
        await Ok("GET /api/admin/imports/{id}", import.Json.GetProperty("import_id").GetGuid(), admin);
        await Ok("POST /api/admin/audit/verify", token: admin, body: "{}");
    }

    private async Task Policies()
    {
        var admin = await api.Token("uta", Guid.NewGuid());
        foreach (var name in (string[])["category-ages", "tiers", "completion", "risk"])
        {
            var now = (await Ok($"GET /api/admin/policies/{name}", token: admin)).Json;
            await Ok($"PUT /api/admin/policies/{name}", token: admin, body:
                $$"""
                {"version":{{now.GetProperty("version")}},
                 "document":{{now.GetProperty("document").GetRawText()}}}
                """);
        }
    }

    private async Task Privacy()
    {
        var export = await Ok("POST /api/utc/privacy/export", token: _token, body: "{}");
        var id = export.Json.GetProperty("export_id").GetGuid();
        await Eventually.Holds("the export is ready", async () =>
            (await Ok("GET /api/utc/privacy/export/{id}", id, _token)).Member("state") == "ready",
            TestContext.Current.CancellationToken);
        await Ok("POST /api/utc/privacy/erasure", token: _token, body: "{}");
        await Ok("GET /api/utc/privacy/erasure", token: _token);
        await Ok("DELETE /api/utc/privacy/erasure", token: _token);
    }

    private async Task Merges(Guid customer)
    {
        var admin = await api.Token("uta", Guid.NewGuid());
        var other = await api.CreateGuest();
        var merge = $$"""{"redundant_id":"{{other.Id}}","reason":"One person."}""";
        await Ok("POST /api/admin/customers/{id}/merge/preview", customer, admin, merge);
        var id = (await Ok("POST /api/admin/customers/{id}/merge", customer, admin, merge))
            .Json.GetProperty("merge_id").GetGuid();
        await Ends("GET /api/admin/merges/{id}", id, admin, "merged");
        await Ok("POST /api/admin/customers/{id}/merge/undo", customer, admin,
            $$"""{"merge_id":"{{id}}","reason":"A mistake."}""");
        await Ends("GET /api/admin/merges/{id}", id, admin, "undone");

        var guest = await api.CreateGuest();
        var second = await api.SignUp();
        var link = (await Ok("POST /api/utc/account-links", token: guest.Token,
            body: ApiClient.StartOf("email", second.Contact))).Json.GetProperty("link_id").GetGuid();
        await Ok("POST /api/utc/account-links/{id}/verify", link, guest.Token,
            $$"""{"other_code":"{{await Code(second.Contact, "account_link")}}"}""");
        await Ends("GET /api/utc/account-links/{id}", link, guest.Token, "merged");
    }

    private Task Ends(string name, Guid id, string token, string state) => Eventually.Holds(
        $"it is {state}", async () => (await Ok(name, id, token)).Member("state") == state,
        TestContext.Current.CancellationToken);

    private async Task<string> Code(string contact, string purpose)
    {
        string? code = null;
        await Eventually.Holds("the code arrives", async () =>
        {
            foreach (var message in await api.Messages(contact))
            {
                if (message.GetProperty("purpose").GetString() == purpose)
                    code ??= message.GetProperty("code").GetString();
            }

            return code is not null;
        }, TestContext.Current.CancellationToken);
        return code!;
    }

    private async Task<Answer> Ok(
        string name, Guid? id = null, string? token = null, string? body = null, string query = "")
    {
        var operation = operations.Single(o => o.Name == name);
        var path = operation.Path.Replace("{id}", $"{id}", StringComparison.Ordinal);
        var call = new Call(operation.Method, query.Length == 0 ? path : path + "?" + query)
        {
            Token = token,
            ContentType = operation.BodyType,
        };
        var sent = new FuzzedCall(
            operation, body is null ? call : call.With(body), Expected.GoodForm, "walk");
        var answer = await lane.Send(sent);
        return (int)answer.Status < 300
            ? answer
            : throw new InvalidOperationException(FuzzRules.Describe(sent, answer));
    }
}
