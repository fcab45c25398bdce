using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.SignIn;
using Npgsql;
using NpgsqlTypes;

namespace CustomerGrains.Storage.Contacts;

/// <summary>The statements about contacts of one transaction; only those that it needs.</summary>
internal static class ContactStatements
{
    private static readonly string Changes = SqlText.Load("Customers/write_contact_changes");
    private static readonly string Codes = SqlText.Load("Customers/write_change_codes");
    private static readonly string Reserve = SqlText.Load("Customers/reserve_contacts");
    private static readonly string Release = SqlText.Load("Customers/release_contacts");
    private static readonly string Check = SqlText.Load("Customers/check_reservations");
    private static readonly string Revoke = SqlText.Load("Customers/revoke_tokens");
    private static readonly string Messages = SqlText.Load("Customers/insert_messages");

    /// <summary>To be added after the statements that write the customers.</summary>
    public static void AddContacts(this NpgsqlBatch statements, List<CommitRow> batch)
    {
        if (batch.Exists(r => r.Contacts is not null)) AddRows(statements, batch);
        AddRevocations(statements, batch);
        // Last: a contact that one customer of the batch gives up may be claimed by another.
        AddClaims(statements, batch);
    }

    private static void AddRows(NpgsqlBatch statements, List<CommitRow> batch)
    {
        var contacts = batch.Where(r => r.Contacts is not null).Select(r => r.Contacts!).ToArray();
        Add(statements, [.. contacts.SelectMany(c => c.Changes)]);
        Add(statements, [.. contacts.SelectMany(c => c.Codes)]);
        AddReservations(
            statements,
            [.. contacts.SelectMany(c => c.Reserved)],
            [.. contacts.SelectMany(c => c.Released)]);
        Add(statements, [.. contacts.SelectMany(c => c.Messages)]);
    }

    internal static void AddReservations(
        NpgsqlBatch statements, ReservationRow[] reserved, ReservationRow[] released)
    {
        Add(statements, Reserve, reserved, withUntil: true);
        Add(statements, Release, released, withUntil: false);
    }

    private static Columns<T> Begin<T>(string sql, T[] rows, Func<T, CustomerCommit> commit) =>
        new Columns<T>(sql, rows)
            .Add(NpgsqlDbType.Uuid, r => commit(r).After.Id)
            .Add(NpgsqlDbType.Bigint, r => commit(r).After.Version);

    private static void AddClaims(NpgsqlBatch statements, List<CommitRow> batch)
    {
        var claims = new List<(CommitRow Row, ContactChannel Channel, byte[] Index)>();
        foreach (var row in batch)
        {
            if (row.PhoneIndex is { } phone) claims.Add((row, ContactChannel.Phone, phone));
            if (row.EmailIndex is { } email) claims.Add((row, ContactChannel.Email, email));
        }

        if (claims.Count == 0) return;
        statements.BatchCommands.Add(Begin(Check, claims.ToArray(), c => c.Row.Commit)
            .Add(NpgsqlDbType.Text, c => c.Channel.Name())
            .Add(NpgsqlDbType.Bytea, c => c.Index)
            .Add(NpgsqlDbType.TimestampTz, c => c.Row.Commit.At)
            .Command);
    }

    private static void Add(NpgsqlBatch statements, ChangesRow[] rows)
    {
        if (rows.Length == 0) return;
        statements.BatchCommands.Add(Begin(Changes, rows, r => r.Commit)
            .Add(NpgsqlDbType.Text, r => r.Channel)
            .Add(NpgsqlDbType.Uuid, r => r.Changes.Pending?.Id)
            .Add(NpgsqlDbType.Bytea, r => r.CancelHash)
            .Add(NpgsqlDbType.TimestampTz, r => r.Changes.Series?.StartedAt)
            .Add(NpgsqlDbType.TimestampTz, r => r.Changes.Series?.LastSentAt)
            .Add(NpgsqlDbType.Integer, r => r.Changes.Series?.Sends)
            .Add(NpgsqlDbType.Text, r => r.Failures)
            .Add(NpgsqlDbType.Bytea, r => r.UndoOld)
            .Add(NpgsqlDbType.Bytea, r => r.UndoHash)
            .Add(NpgsqlDbType.TimestampTz, r => r.Changes.Undo?.Until)
            .Add(NpgsqlDbType.Bytea, r => r.SpentHash)
            .Add(NpgsqlDbType.Boolean, r => r.Changes.Spent?.Undid)
            .Add(NpgsqlDbType.TimestampTz, r => r.Commit.At)
            .Command);
    }

    private static void Add(NpgsqlBatch statements, CodeRow[] rows)
    {
        if (rows.Length == 0) return;
        statements.BatchCommands.Add(Begin(Codes, rows, r => r.Commit)
            .Add(NpgsqlDbType.Uuid, r => r.Change.Id)
            .Add(NpgsqlDbType.Text, r => r.Channel)
            .Add(NpgsqlDbType.Bytea, r => r.Destination)
            .Add(NpgsqlDbType.Bytea, r => r.DestinationIndex)
            .Add(NpgsqlDbType.Bytea, r => r.CodeHash)
            .Add(NpgsqlDbType.Integer, r => r.Change.Code!.KeyId)
            .Add(NpgsqlDbType.TimestampTz, r => r.Change.ExpiresAt)
            .Add(NpgsqlDbType.Integer, r => r.Change.Attempts)
            .Add(NpgsqlDbType.TimestampTz, r => r.ConsumedAt)
            .Add(NpgsqlDbType.TimestampTz, r => r.Change.RequestedAt)
            .Command);
    }

    private static void Add(
        NpgsqlBatch statements, string sql, ReservationRow[] rows, bool withUntil)
    {
        if (rows.Length == 0) return;
        var columns = Begin(sql, rows, r => r.Commit)
            .Add(NpgsqlDbType.Text, r => r.Channel)
            .Add(NpgsqlDbType.Bytea, r => r.Index);
        if (withUntil) columns.Add(NpgsqlDbType.TimestampTz, r => r.Until);
        statements.BatchCommands.Add(columns.Command);
    }

    private static void Add(NpgsqlBatch statements, MessageRow[] rows)
    {
        if (rows.Length == 0) return;
        statements.BatchCommands.Add(Begin(Messages, rows, r => r.Commit)
            .Add(NpgsqlDbType.Uuid, r => r.Outgoing.Id)
            .Add(NpgsqlDbType.Bytea, r => r.Payload)
            .Add(NpgsqlDbType.TimestampTz, r => r.Outgoing.ExpiresAt)
            .Add(NpgsqlDbType.TimestampTz, r => r.Commit.At)
            .Command);
    }

    private static void AddRevocations(NpgsqlBatch statements, List<CommitRow> batch)
    {
        var rows = batch.Select(r => r.Commit)
            .Where(c => c.Before.TokensValidAfter != c.After.TokensValidAfter).ToArray();
        if (rows.Length == 0) return;
        statements.BatchCommands.Add(Begin(Revoke, rows, c => c)
            .Add(NpgsqlDbType.TimestampTz, c => c.After.TokensValidAfter)
            .Command);
    }
}
