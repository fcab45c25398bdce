using CustomerGrains.Domain.Customers;
using CustomerGrains.Domain.SignIn;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Sealing;
using Npgsql;

namespace CustomerGrains.Storage.SignIn;

/// <summary>A row of <c>otps</c>.</summary>
internal sealed record StoredChallenge(
    ContactChannel Channel,
    byte[] SealedDestination,
    byte[] DestinationIndex,
    CodeHash CodeHash,
    Challenge Challenge)
{
    public static readonly SealedColumn Destination = new("otps.destination");

    /// <summary>Reads the columns of <c>read-challenge.sql</c>.</summary>
    public static StoredChallenge Read(NpgsqlDataReader reader) => new(
        SignInWords.ParseChannel(reader.GetString(0))!.Value,
        reader.GetFieldValue<byte[]>(1),
        reader.GetFieldValue<byte[]>(2),
        new CodeHash(reader.GetInt32(4), reader.GetFieldValue<byte[]>(3)),
        new Challenge(
            reader.GetFieldValue<DateTimeOffset>(5), reader.GetInt32(6), reader.TimeOrNull(7)));

    public Contact Open(KeyRing keys, Guid id) =>
        new(Channel, keys.OpenForService(Destination, id, SealedDestination));
}
