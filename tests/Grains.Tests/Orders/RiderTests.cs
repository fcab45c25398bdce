using System.Text.Json;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Orders;

public sealed class RiderTests(PostgresFixture postgres) : OrderWorldTests(postgres)
{
    private const string Accesses = "SELECT count(*) FROM customer_data_access_logs";

    private readonly Guid _rider = Guid.CreateVersion7();
    private readonly Guid _other = Guid.CreateVersion7();

    [Fact]
    public async Task Contact_OfTheAssignedRiderAlone_AndEachLookIsLogged()
    {
        var (customer, order) = await Assigned();

        var seen = await Contact(customer, order, _rider);

        seen.GetProperty("name").GetString().ShouldBe("Ann");
        seen.GetProperty("snapshot_phone").GetString().ShouldStartWith("+4915");
        seen.GetProperty("current_phone").GetString()
            .ShouldBe(seen.GetProperty("snapshot_phone").GetString());
        seen.GetProperty("address").GetProperty("line1").GetString().ShouldBe("1 Main Street");
        (await World.Silo.Database.Query<string>(
            "SELECT concat_ws(' ', accessed_by_user_id, customer_user_id, role, branch_id, purpose, "
            + "order_id, fields) FROM customer_data_access_logs"))
            .ShouldBe($"{_rider} {customer} utd {OrderWorld.Branch} delivery {order} "
                + "{name,phone,address}");

        await IsUnknown(customer, order, _other);
        (await World.Silo.Database.Query<long>(Accesses)).ShouldBe(1, "nothing was shown");
    }

    [Fact]
    public async Task Contact_WhileTheLogCannotBeWritten_IsNotShown()
    {
        var (customer, order) = await Assigned();
        await World.Silo.Database.Execute("REVOKE INSERT ON customer_data_access_logs FROM service");

        await Should.ThrowAsync<TryAgainException>(
            World.Customer(customer).GetContact(order, OrderWorld.Rider(_rider)));

        await World.Silo.Database.Execute("GRANT INSERT ON customer_data_access_logs TO service");
        await Contact(customer, order, _rider);
    }

    [Fact]
    public async Task Contact_AfterTheEnd_FadesAndGoes()
    {
        var (customer, order) = await Assigned();
        var before = await Contact(customer, order, _rider);
        await World.Deliver(customer, order);

        World.Silo.Time.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        var full = await Contact(customer, order, _rider);
        full.GetProperty("status").GetString().ShouldBe("delivered");
        full.GetProperty("address").GetRawText().ShouldBe(before.GetProperty("address").GetRawText());

        World.Silo.Time.Advance(TimeSpan.FromSeconds(1));
        var masked = await Contact(customer, order, _rider);
        masked.GetProperty("address").ValueKind.ShouldBe(JsonValueKind.Null);
        foreach (var phone in (string[])["snapshot_phone", "current_phone"])
            masked.GetProperty(phone).GetString()!.ShouldMatch(@"^\*{10,}[0-9]{2}$");
        (await World.Silo.Database.Query<string>(
            "SELECT fields::text FROM customer_data_access_logs ORDER BY created_at DESC LIMIT 1"))
            .ShouldBe("{name,masked_phone}");

        World.Silo.Time.Advance(TimeSpan.FromHours(24));
        await IsUnknown(customer, order, _rider);
    }

    [Fact]
    public async Task Reassigned_TheOldRiderSeesNothing_TheNewOneEverything()
    {
        var (customer, order) = await Assigned();
        await World.Report(customer, order, "accepted", _other);

        await IsUnknown(customer, order, _rider);
        await Contact(customer, order, _other);
        (await World.Customer(customer).AcknowledgeContact(order, 0, By(_rider))).Code
            .ShouldBe(ReplyCode.OrderUnknown);
    }

    [Fact]
    public async Task Poll_OfAWarmOrder_NeedsNoDatabase()
    {
        var (customer, order) = await Assigned();
        await Poll(customer, order);
        await World.Silo.Database.Execute("REVOKE SELECT ON orders, users FROM service");

        var polled = await Poll(customer, order);

        polled.GetRawText().ShouldBe(
            $$"""{"order_id":"{{order}}","phone_updated":false,"contact_version":0}""");
    }

    [Fact]
    public async Task Poll_OfAnEndedOrder_AsksTheDatabaseOnce()
    {
        var (customer, order) = await Assigned();
        await World.Deliver(customer, order);
        await Poll(customer, order);
        await World.Silo.Database.Execute("REVOKE SELECT ON orders FROM service");

        (await Poll(customer, order)).GetProperty("phone_updated").GetBoolean().ShouldBeFalse();
        (await World.Customer(customer).GetPhoneUpdated(order, _other)).ShouldBeNull();
    }

    [Fact]
    public async Task PhoneChanged_IsSeenAndAcknowledgedByVersion()
    {
        var (customer, order) = await Assigned();
        await World.ChangePhoneElsewhere(customer);
        await World.ChangePhoneElsewhere(customer);

        var polled = await Poll(customer, order);
        polled.GetProperty("phone_updated").GetBoolean().ShouldBeTrue();
        polled.GetProperty("contact_version").GetInt32().ShouldBe(2);

        await Acknowledge(customer, order, 1, ReplyCode.Ok);
        (await Poll(customer, order)).GetProperty("phone_updated").GetBoolean().ShouldBeTrue();
        await Acknowledge(customer, order, 3, ReplyCode.ContactVersionUnknown);
        await Acknowledge(customer, order, 2, ReplyCode.Ok);
        (await Poll(customer, order)).GetProperty("phone_updated").GetBoolean().ShouldBeFalse();
        await Acknowledge(customer, order, 2, ReplyCode.Ok);

        // Who takes over has not been told yet.
        await World.Report(customer, order, "accepted", _other);
        var contact = await Contact(customer, order, _other);
        contact.GetProperty("phone_updated").GetBoolean().ShouldBeTrue();
        contact.GetProperty("contact_version").GetInt32().ShouldBe(2);
    }

    private async Task<(Guid Customer, Guid Order)> Assigned()
    {
        var (customer, address) = await World.SignUp();
        var order = await World.Place(customer, address);
        (await World.Report(customer, order, "accepted", _rider)).Code.ShouldBe(ReplyCode.Ok);
        return (customer, order);
    }

    private async Task<JsonElement> Contact(Guid customer, Guid order, Guid rider)
    {
        var before = await World.Silo.Database.Query<long>(Accesses);
        var reply = await World.Customer(customer).GetContact(order, OrderWorld.Rider(rider));
        reply.Code.ShouldBe(ReplyCode.Ok);
        (await World.Silo.Database.Query<long>(Accesses)).ShouldBe(before + 1);
        return OrderWorld.Json(reply.Body);
    }

    private async Task IsUnknown(Guid customer, Guid order, Guid rider)
    {
        (await World.Customer(customer).GetContact(order, OrderWorld.Rider(rider))).Code
            .ShouldBe(ReplyCode.OrderUnknown);
        (await World.Customer(customer).GetPhoneUpdated(order, rider)).ShouldBeNull();
    }

    private async Task<JsonElement> Poll(Guid customer, Guid order) => OrderWorld.Json(
        (await World.Customer(customer).GetPhoneUpdated(order, _rider)).ShouldNotBeNull());

    private async Task Acknowledge(Guid customer, Guid order, int version, ReplyCode code) =>
        (await World.Customer(customer).AcknowledgeContact(order, version, By(_rider))).Code
            .ShouldBe(code);

    private static CommandContext By(Guid rider) =>
        new(Guid.CreateVersion7(), OrderWorld.Rider(rider));
}
