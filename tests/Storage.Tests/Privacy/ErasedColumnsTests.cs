using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Privacy;
using CustomerGrains.Storage.Tests.Customers;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Privacy;

/// <summary>After an erasure every column that does not say why it is kept is empty, in every
/// table.</summary>
[Trait("Section", "S11")]
public sealed class ErasedColumnsTests(PostgresFixture postgres)
{
    /// <summary>Where a table tells whose a row is, if not by user_id.</summary>
    private static readonly Dictionary<string, string> Owners = new()
    {
        ["users"] = "id",
        ["media_assets"] = "owner_user_id",
        ["idempotent_replies"] = "customer_id",
    };

    /// <summary>What says nothing about anybody.</summary>
    private static readonly string[] Neutral =
    [
        "false", "f", "0", "Home", "ZZ", "en", "general", "[]",
        """{"sms": true, "push": true, "email": true}""",
    ];

    /// <summary>Sealed under the key that is gone; or counted, and forgotten by the feed.</summary>
    private static readonly string[] Elsewhere =
    [
        "orders.customer_snapshot", "customer_event.personal", "customer_metrics", "customer_sessions",
    ];

    /// <summary>Something of the person in every table, in what no command of this test writes.
    /// </summary>
    private const string Furniture =
        """
        UPDATE customer_profiles SET risk_score = 7, is_verified = true, customer_segment = 'loyal';
        INSERT INTO customer_bars (user_id, kind, scope, reason_code, barred_by, barred_at)
            VALUES ('{0}', 'blocked', 'ordering', 'abuse', '{0}', now());
        INSERT INTO contact_changes (user_id, channel, updated_at) VALUES ('{0}', 'phone', now());
        INSERT INTO contact_reservations VALUES (sha256('old'), 'phone', '{0}', now());
        INSERT INTO refresh_tokens (token_hash, family_id, user_id, expires_at, created_at)
            VALUES (sha256(''), '{0}', '{0}', now() + interval '1 day', now());
        INSERT INTO idempotent_replies VALUES ('{0}', sha256(''), sha256(''), 1, 1, '', now());
        INSERT INTO otps (id, user_id, purpose, channel, destination, destination_index, code_hash,
                          master_key_id, expires_at, created_at)
            SELECT gen_random_uuid(), o.user_id, o.purpose, 'phone', '', o.index, sha256(''), 1,
                   now() + interval '1 minute', now()
            FROM (SELECT '{0}'::uuid AS user_id, 'profile_update' AS purpose, sha256('wanted') AS index
                  UNION ALL SELECT NULL, 'sign_in', phone_index FROM users
                  UNION ALL SELECT NULL, 'sign_in', sha256('old')
                  UNION ALL SELECT NULL, 'sign_in', sha256('a stranger')) o;
        INSERT INTO dev_mailbox (id, destination_index, payload, sent_at)
            SELECT gen_random_uuid(), destination_index, '', now() FROM otps;
        INSERT INTO courier_messages (id, user_id, destination_index, payload, next_attempt_at,
                                      expires_at, created_at)
            SELECT gen_random_uuid(), user_id, CASE WHEN user_id IS NULL THEN destination_index END,
                   '', now(), now(), now()
            FROM otps;
        INSERT INTO privacy_exports (id, user_id, next_attempt_at, created_at)
            VALUES (gen_random_uuid(), '{0}', now(), now());
        """;

    [Fact]
    public async Task Erased_LeavesNothingThatIsNotKeptForAReason()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var loaded = await Somebody(harness);
        var id = loaded.Customer.Id;
        await harness.Database.Execute(Furniture.Replace("{0}", id.ToString(), StringComparison.Ordinal));
        var values = (await Left(harness, id)).Count;
        values.ShouldBeGreaterThan(40, "there was something to forget");

        var commit = StoreHarness.Wrap(
            loaded, [new CustomerEvent.Erased(ErasureCause.Requested)], StoreHarness.Now());
        (await harness.Store.Commit(commit)).ShouldBe(CommitResult.Committed);

        (await Left(harness, id)).ShouldBeEmpty();
        foreach (var table in (string[])["otps", "dev_mailbox", "courier_messages"])
        {
            // What concerns a stranger's contact is the stranger's.
            (await harness.Database.Query<string>(
                $"SELECT string_agg(encode(destination_index, 'hex'), ' ') FROM {table}"))
                .ShouldBe(await harness.Database.Query<string>("SELECT encode(sha256('a stranger'), 'hex')"));
        }

        foreach (var table in (string[])["customer_data_keys", "idempotent_replies", "refresh_tokens"])
            (await harness.Database.Query<long>($"SELECT count(*) FROM {table}")).ShouldBe(0, table);
        (await harness.Database.Query<string>(
            "SELECT total_orders_count || ' ' || total_spend FROM customer_profiles"))
            .ShouldBe("1 20.50");
        Scoreboard.Add("S11", ("values_forgotten", values), ("values_left", 0));
    }

    private static async Task<LoadedCustomer> Somebody(StoreHarness harness)
    {
        var loaded = await harness.SignUp("+4915112345678");
        var (first, second, order) =
            (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var media = Guid.CreateVersion7();
        foreach (var command in (CustomerCommand[])
        [
            new CustomerCommand.EditProfile
            {
                Name = new("Ann"), Gender = new(Gender.Other), DateOfBirth = new(new DateOnly(1990, 1, 2)),
                PreferredLanguage = new("de"), Preferences = new([new("sms", false)]),
            },
            new CustomerCommand.AddMedia(media, "image/png", 7),
            new CustomerCommand.EditProfile { AvatarMediaId = new(media) },
            new CustomerCommand.AddAddress(new(first, Full), AsDefault: true),
            new CustomerCommand.AddAddress(new(second, Full), AsDefault: false),
            new CustomerCommand.RemoveAddress(second),
            new CustomerCommand.PlaceOrder(order)
            {
                BranchId = order, AddressId = first, Total = 20.50m, PlacedAt = StoreHarness.Now(),
                Fingerprint = new string('0', 64),
            },
            new CustomerCommand.ProgressOrder(order, OrderStatus.Accepted),
            new CustomerCommand.ProgressOrder(order, OrderStatus.PickedUp),
            new CustomerCommand.ProgressOrder(order, OrderStatus.Delivered),
            new CustomerCommand.RequestErasure(TimeSpan.FromDays(7)),
        ])
            loaded = await harness.Commit(loaded, command);
        return loaded;
    }

    private static readonly AddressDetails Full = new()
    {
        Label = "Cabin", Line1 = "1 Main Street", Line2 = "c/o Zoë", City = "Lisbon", State = "LX",
        PostalCode = "1000-001", Country = "PT", Latitude = 38.7m, Longitude = -9.1m,
    };

    /// <summary>"table.column: value" of everything that is not kept for a reason.</summary>
    private static async Task<List<string>> Left(StoreHarness harness, Guid id)
    {
        var left = new List<string>();
        foreach (var table in PersonalData.Tables.Where(t => t.Member is not null))
        {
            if (Elsewhere.Contains(table.Name)) continue;
            var owner = Owners.GetValueOrDefault(table.Name, "user_id");
            if (table.Columns.All(c => c.Name != owner)) continue;
            foreach (var column in table.Exported.Where(c => c.Kept is null))
            {
                if (Elsewhere.Contains($"{table.Name}.{column.Name}")) continue;
                await using var command = harness.Database.AsSuperuser.CreateCommand(
                    $"SELECT {column.Name}::text FROM {table.Name} "
                    + $"WHERE {owner} = '{id}' AND {column.Name} IS NOT NULL");
                await using var reader = await command.ExecuteReaderAsync();
                while (await reader.ReadAsync())
                {
                    if (!Neutral.Contains(reader.GetString(0)))
                        left.Add($"{table.Name}.{column.Name}: {reader.GetString(0)}");
                }
            }
        }

        return left;
    }
}
