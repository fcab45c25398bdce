using CustomerGrains.Domain.SignIn;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Storage.SignIn;
using Npgsql;

namespace CustomerGrains.Storage.Contacts;

/// <summary>The codes that one destination may be sent, over all customers and purposes. Sign-in
/// counts on the same row.</summary>
public sealed class SendBudget(NpgsqlDataSource database, KeyRing keys, TimeProvider time)
{
    /// <summary>Books one send, before what sends it is decided for good: a crash in between wastes
    /// one, the other order would let a thousand customers write to one victim at once. Durable on
    /// return.</summary>
    public async Task<Booking> Book(Contact to)
    {
        var (channel, index) = (to.Channel.Name(), keys.IndexOf(to));
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var now = time.UtcNowInMilliseconds();
        var budget = await Lock(connection, channel, index, now);
        var roomAt = budget.RoomForSendAt();
        if (now < roomAt) return new Booking(false, roomAt);

        var spent = budget.WithSend(now);
        await using (var batch = connection.CreateBatch())
        {
            batch.Add("SignIn/store-sends", channel, index, spent.Sends.ToArray());
            await batch.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
        return new Booking(true, spent.RoomForSendAt());
    }

    private static async Task<ContactBudget> Lock(
        NpgsqlConnection connection, string channel, byte[] index, DateTimeOffset now)
    {
        await using var batch = connection.CreateBatch();
        batch.Add("SignIn/lock-destination", channel, index, now);
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new ContactBudget(
            [.. reader.GetFieldValue<DateTimeOffset[]>(0)],
            [.. reader.GetFieldValue<DateTimeOffset[]>(1)]);
    }
}

/// <param name="IsDone">False when the destination had its share; nothing was changed.</param>
/// <param name="RoomAt">When there is room for another; in the past when there is already.</param>
public readonly record struct Booking(bool IsDone, DateTimeOffset RoomAt);
