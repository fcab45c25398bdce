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
    /// <param name="first">The place of the first of them.</param>
    public static StoredChallenge Read(NpgsqlDataReader reader, int first = 0) => new(
        SignInWords.ParseChannel(reader.GetString(first))!.Value,
        reader.GetFieldValue<byte[]>(first + 1),
        reader.GetFieldValue<byte[]>(first + 2),
        new CodeHash(reader.GetInt32(first + 4), reader.GetFieldValue<byte[]>(first + 3)),
        new Challenge(
            reader.GetFieldValue<DateTimeOffset>(first + 5),
            reader.GetInt32(first + 6),
            reader.TimeOrNull(first + 7)));

    public Contact Open(KeyRing keys, Guid id) =>
        new(Channel, keys.OpenForService(Destination, id, SealedDestination));
}
