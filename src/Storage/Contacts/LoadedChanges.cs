using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Domain.SignIn;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Storage.SignIn;
using Npgsql;

namespace CustomerGrains.Storage.Contacts;

/// <summary>Reads rows of <c>load_contact_changes.sql</c>.</summary>
internal static class LoadedChanges
{
    public static ContactChannel ReadChannel(NpgsqlDataReader r) =>
        SignInWords.ParseChannel(r.GetString(1))!.Value;

    public static ContactChanges Read(NpgsqlDataReader r, DataKey key, KeyRing keys) => new()
    {
        Pending = r.IsDBNull(12) ? null : ReadPending(r, keys),
        Series = r.IsDBNull(3)
            ? null
            : new SendSeries(
                r.GetFieldValue<DateTimeOffset>(3),
                r.GetFieldValue<DateTimeOffset>(4),
                r.GetInt32(5)),
        Failures = [.. r.GetFieldValue<DateTimeOffset[]>(6)],
        Undo = key.OpenText(ChangesRow.Undo, r.BytesOrNull(7)) is { } old
            ? new UndoWindow(old, Hash(r, 8), r.GetFieldValue<DateTimeOffset>(9))
            : null,
        Spent = r.IsDBNull(11) ? null : new SpentToken(Hash(r, 10), r.GetBoolean(11)),
    };

    private static PendingChange ReadPending(NpgsqlDataReader r, KeyRing keys)
    {
        var id = r.GetGuid(12);
        return new PendingChange(
            id,
            keys.OpenForService(StoredChallenge.Destination, id, r.GetFieldValue<byte[]>(13)),
            new SecretHash([.. r.GetFieldValue<byte[]>(14)], r.GetInt32(15)),
            r.GetFieldValue<DateTimeOffset>(16),
            r.GetInt32(17),
            Hash(r, 2),
            r.GetFieldValue<DateTimeOffset>(18));
    }

    private static SecretHash? Hash(NpgsqlDataReader r, int column) =>
        r.BytesOrNull(column) is { } bytes ? new SecretHash([.. bytes]) : null;
}
