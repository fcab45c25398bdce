using System.Text.Json;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Bars;
using CustomerGrains.Storage.Contacts;
using CustomerGrains.Storage.Merges;
using CustomerGrains.Storage.Orders;
using CustomerGrains.Storage.Privacy;
using CustomerGrains.Storage.Search;
using CustomerGrains.Storage.Standings;
using CustomerGrains.Storage.Tracing;
using Npgsql;
using NpgsqlTypes;

namespace CustomerGrains.Storage.Customers;

/// <summary>Turns rows into the statements of one transaction, one round trip.</summary>
internal static class CommitStatements
{
    private static readonly string Update = SqlText.Load("Customers/update_customers");
    private static readonly string Insert = SqlText.Load("Customers/insert_customers");
    private static readonly string Addresses = SqlText.Load("Customers/write_addresses");
    private static readonly string Media = SqlText.Load("Customers/write_media");

    private static readonly string DefaultPreferences = Render(NotificationPreferences.Default);

    /// <param name="batch">Sorted by id; the position in it is the ord that comes back.</param>
    public static NpgsqlBatch Of(NpgsqlConnection connection, List<CommitRow> batch)
    {
        var statements = new NpgsqlBatch(connection);
        var present = Numbered(batch, isNew: false);
        var born = Numbered(batch, isNew: true);
        statements.AddRevivals(batch);
        if (present.Length > 0) statements.BatchCommands.Add(UpdateOf(present));
        if (born.Length > 0) statements.BatchCommands.Add(InsertOf(born));
        statements.AddMerges(batch);
        var addresses = batch.SelectMany(r => r.Addresses).ToArray();
        // Old defaults step down before new ones step up: the unique index looks at every row as
        // it is written.
        Add(statements, addresses.Where(a => !a.IsDefault).ToArray());
        Add(statements, addresses.Where(a => a.IsDefault).ToArray());
        if (batch.Exists(r => r.Media.Length > 0)) statements.BatchCommands.Add(MediaOf(batch));
        statements.AddStandings(batch);
        statements.AddNames(batch);
        statements.AddBars(batch);
        statements.AddOrders(batch);
        statements.AddContacts(batch);
        statements.AddTraces(batch);
        statements.AddPrivacy(batch);
        return statements;
    }

    private static Numbered[] Numbered(List<CommitRow> batch, bool isNew) =>
        [.. batch.Select((row, ord) => new Numbered(ord, row)).Where(n => n.Row.IsNew == isNew)];

    private static NpgsqlBatchCommand UpdateOf(Numbered[] rows) => new Columns<Numbered>(Update, rows)
        .Add(NpgsqlDbType.Integer, n => n.Ord)
        .Add(NpgsqlDbType.Uuid, n => n.Row.Id)
        .Add(NpgsqlDbType.Bigint, n => n.Row.Commit.Before.Version)
        .Add(NpgsqlDbType.Text, n => n.After.Name)
        .Add(NpgsqlDbType.TimestampTz, n => n.After.LastLoginAt)
        .Add(NpgsqlDbType.Text, n => n.After.Status.Name())
        .Add(NpgsqlDbType.Boolean, n => n.Row.PhoneChanged)
        .Add(NpgsqlDbType.Bytea, n => n.Row.Phone)
        .Add(NpgsqlDbType.Bytea, n => n.Row.PhoneIndex)
        .Add(NpgsqlDbType.Boolean, n => n.After.PhoneVerified)
        .Add(NpgsqlDbType.Boolean, n => n.Row.EmailChanged)
        .Add(NpgsqlDbType.Bytea, n => n.Row.Email)
        .Add(NpgsqlDbType.Bytea, n => n.Row.EmailIndex)
        .Add(NpgsqlDbType.Boolean, n => n.After.EmailVerified)
        .Add(NpgsqlDbType.Boolean, n => n.Row.ProfileChanged)
        .Add(NpgsqlDbType.Uuid, n => n.After.Profile.AvatarMediaId)
        .Add(NpgsqlDbType.Text, n => n.After.Profile.Gender?.Name())
        .Add(NpgsqlDbType.Text, n => n.After.Profile.PreferredLanguage)
        .Add(NpgsqlDbType.Jsonb, n => Preferences(n.After))
        .Add(NpgsqlDbType.Boolean, n => n.Row.DateOfBirthChanged)
        .Add(NpgsqlDbType.Bytea, n => n.Row.DateOfBirth)
        .AddJournal()
        .Add(NpgsqlDbType.Bytea, n => n.Row.Commit.Reply?.Scope)
        .Add(NpgsqlDbType.Bytea, n => n.Row.Commit.Reply?.Fingerprint)
        .Add(NpgsqlDbType.Smallint, n => n.Row.Commit.Reply?.Code)
        .Add(NpgsqlDbType.Bytea, n => n.Row.Reply)
        .Add(NpgsqlDbType.Boolean, n => n.After.IsTemporary)
        .Command;

    private static NpgsqlBatchCommand InsertOf(Numbered[] rows) => new Columns<Numbered>(Insert, rows)
        .Add(NpgsqlDbType.Integer, n => n.Ord)
        .Add(NpgsqlDbType.Uuid, n => n.Row.Id)
        .Add(NpgsqlDbType.Text, n => n.After.Name)
        .Add(NpgsqlDbType.TimestampTz, n => n.After.LastLoginAt)
        .Add(NpgsqlDbType.Text, n => n.After.Status.Name())
        .Add(NpgsqlDbType.Bytea, n => n.Row.Phone)
        .Add(NpgsqlDbType.Bytea, n => n.Row.PhoneIndex)
        .Add(NpgsqlDbType.Boolean, n => n.After.PhoneVerified)
        .Add(NpgsqlDbType.Bytea, n => n.Row.Email)
        .Add(NpgsqlDbType.Bytea, n => n.Row.EmailIndex)
        .Add(NpgsqlDbType.Boolean, n => n.After.EmailVerified)
        .Add(NpgsqlDbType.Text, n => n.After.Profile.Gender?.Name())
        .Add(NpgsqlDbType.Text, n => n.After.Profile.PreferredLanguage)
        .Add(NpgsqlDbType.Jsonb, n => Preferences(n.After))
        .Add(NpgsqlDbType.Bytea, n => n.Row.DateOfBirth)
        .Add(NpgsqlDbType.Integer, n => n.Row.WrappedKey.MasterKeyId)
        .Add(NpgsqlDbType.Bytea, n => n.Row.WrappedKey.Bytes)
        .AddJournal()
        .Command;

    private static Columns<Numbered> AddJournal(this Columns<Numbered> columns) => columns
        .Add(NpgsqlDbType.Smallint, n => n.Row.Partition)
        .Add(NpgsqlDbType.Uuid, n => n.Row.Commit.CommandId)
        .Add(NpgsqlDbType.Uuid, n => n.Row.Commit.ActorId)
        .Add(NpgsqlDbType.Smallint, n => (short)n.Row.Commit.ActorRole)
        .Add(NpgsqlDbType.TimestampTz, n => n.Row.Commit.At)
        .Add(NpgsqlDbType.Text, n => n.Row.Events)
        .Add(NpgsqlDbType.Bytea, n => n.Row.Personal);

    private static void Add(NpgsqlBatch statements, AddressRow[] rows)
    {
        if (rows.Length == 0) return;
        statements.BatchCommands.Add(new Columns<AddressRow>(Addresses, rows)
            .Add(NpgsqlDbType.Uuid, r => r.CustomerId)
            .Add(NpgsqlDbType.Bigint, r => r.Version)
            .Add(NpgsqlDbType.Uuid, r => r.Address.Id)
            .Add(NpgsqlDbType.Text, r => r.Address.Details.Label)
            .Add(NpgsqlDbType.Bytea, r => r.Line1)
            .Add(NpgsqlDbType.Bytea, r => r.Line2)
            .Add(NpgsqlDbType.Text, r => r.Address.Details.City)
            .Add(NpgsqlDbType.Text, r => r.Address.Details.State)
            .Add(NpgsqlDbType.Text, r => r.Address.Details.PostalCode)
            .Add(NpgsqlDbType.Text, r => r.Address.Details.Country)
            .Add(NpgsqlDbType.Numeric, r => r.Address.Details.Latitude)
            .Add(NpgsqlDbType.Numeric, r => r.Address.Details.Longitude)
            .Add(NpgsqlDbType.Boolean, r => r.IsDefault)
            .Add(NpgsqlDbType.TimestampTz, r => r.Address.LastUsedAt)
            .Add(NpgsqlDbType.TimestampTz, r => r.DeletedAt)
            .Add(NpgsqlDbType.TimestampTz, r => r.Address.CreatedAt)
            .Add(NpgsqlDbType.TimestampTz, r => r.Address.UpdatedAt)
            .Command);
    }

    private static NpgsqlBatchCommand MediaOf(List<CommitRow> batch)
    {
        var rows = batch.SelectMany(r => r.Media, (Row, Media) => (Row, Media)).ToArray();
        return new Columns<(CommitRow Row, MediaAsset Media)>(Media, rows)
            .Add(NpgsqlDbType.Uuid, r => r.Row.Id)
            .Add(NpgsqlDbType.Bigint, r => r.Row.Commit.After.Version)
            .Add(NpgsqlDbType.Uuid, r => r.Media.Id)
            .Add(NpgsqlDbType.Text, r => r.Media.ContentType)
            .Add(NpgsqlDbType.Bigint, r => r.Media.Bytes)
            .Add(NpgsqlDbType.TimestampTz, r => r.Media.CreatedAt)
            .Command;
    }

    private static string Preferences(Customer customer) =>
        ReferenceEquals(customer.Profile.Preferences, NotificationPreferences.Default)
            ? DefaultPreferences
            : Render(customer.Profile.Preferences);

    private static string Render(NotificationPreferences preferences) =>
        JsonSerializer.Serialize(preferences.Members.ToDictionary());
}

/// <summary>A row and its position in the batch.</summary>
internal readonly record struct Numbered(int Ord, CommitRow Row)
{
    public Customer After => Row.Commit.After;
}
