using System.Text.Json;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Storage.SignIn;
using Npgsql;

namespace CustomerGrains.Storage.Courier;

/// <summary>A developer's mailbox for all contacts: it delivers into the database, where it can be
/// read. Only for the environment Development.</summary>
public sealed class Mailbox(NpgsqlDataSource database, KeyRing keys, TimeProvider time)
    : IMessageSender
{
    private static readonly SealedColumn Column = new("dev_mailbox.payload");

    public async Task Send(Guid id, CourierMessage message, CancellationToken cancellation)
    {
        var to = new Contact(SignInWords.ParseChannel(message.Channel)!.Value, message.To);
        var payload = keys.SealForService(Column, id, JsonSerializer.Serialize(message));
        await using var command = database.Command("Courier/insert-mail",
            id, keys.IndexOf(to), payload, time.UtcNowInMilliseconds());
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>What was delivered to a contact, newest first.</summary>
    public async Task<IReadOnlyList<(CourierMessage Message, DateTimeOffset SentAt)>> Read(
        Contact to, int limit)
    {
        await using var command =
            database.Command("Courier/read-mailbox", keys.IndexOf(to), limit);
        await using var reader = await command.ExecuteReaderAsync();
        var messages = new List<(CourierMessage, DateTimeOffset)>();
        while (await reader.ReadAsync())
        {
            var plain = keys.OpenForService(
                Column, reader.GetGuid(0), reader.GetFieldValue<byte[]>(1));
            messages.Add((
                JsonSerializer.Deserialize<CourierMessage>(plain)!,
                reader.GetFieldValue<DateTimeOffset>(2)));
        }

        return messages;
    }
}
