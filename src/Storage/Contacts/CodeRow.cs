using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Storage.SignIn;

namespace CustomerGrains.Storage.Contacts;

/// <summary>A row of <c>otps</c> of a contact change as it goes to the database.</summary>
/// <param name="Destination">Under the service's key, like those of other purposes.</param>
internal sealed record CodeRow(
    CustomerCommit Commit,
    string Channel,
    PendingChange Change,
    byte[] Destination,
    byte[] DestinationIndex,
    byte[] CodeHash,
    DateTimeOffset? ConsumedAt)
{
    public static CodeRow Of(
        CustomerCommit commit,
        KeyRing keys,
        ContactChannel channel,
        PendingChange change,
        DateTimeOffset? consumedAt) => new(
        commit,
        channel.Name(),
        change,
        keys.SealForService(StoredChallenge.Destination, change.Id, change.NewValue),
        keys.IndexOf(new Contact(channel, change.NewValue)),
        [.. change.Code!.Bytes],
        consumedAt);
}
