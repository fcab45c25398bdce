using System.Collections.Immutable;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Domain.SignIn;
using CustomerGrains.Storage.Courier;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Storage.SignIn;
using Npgsql;

namespace CustomerGrains.Storage.Links;

/// <summary>The two codes of account links. Decisions are taken under locks and are durable before
/// they are told.</summary>
public sealed class LinkStore(
    NpgsqlDataSource database, KeyRing keys, IRandom random, CourierSignal courier)
{
    private static readonly string Purpose = CodePurpose.AccountLink.Name();

    /// <summary>Sends both codes, or, when one of the destinations must wait, none.</summary>
    /// <param name="reply">Kept for repetitions of the request; null when it carried no key.
    /// </param>
    /// <returns>Of the destination that has to wait longer.</returns>
    public async Task<SendVerdict> Start(LinkWish wish, StoredReply? reply)
    {
        Contact[] contacts = wish.Own is null ? [wish.Other] : [wish.Own, wish.Other];
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var verdicts = new Dictionary<Contact, SendVerdict>();
        // In one order for everybody: two who link each other wait instead of deadlocking.
        foreach (var contact in contacts.OrderBy(c => Convert.ToHexString(keys.IndexOf(c))))
            verdicts[contact] = await Decide(connection, contact, wish.At);
        if (Longest(verdicts.Values) is { } wait) return wait;

        await using (var batch = connection.CreateBatch())
        {
            foreach (var contact in contacts)
            {
                // The own code has the link's id.
                var id = contact == wish.Own ? wish.LinkId : Guid.CreateVersion7(wish.At);
                AddCode(batch, id, contact, (SendVerdict.Allowed)verdicts[contact], wish);
            }

            if (reply is not null) AddReply(batch, wish, reply);
            await batch.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
        courier.Wake();
        return verdicts[wish.Other];
    }

    /// <summary>Null when there is no such link of the customer, or it is long forgotten.
    /// </summary>
    public async Task<StoredLink?> Find(Guid linkId, Guid customerId)
    {
        await using var command = database.Command("Links/find-link", linkId, customerId);
        await using var reader = await command.ExecuteReaderAsync();
        var channels = ImmutableArray.CreateBuilder<ContactChannel>();
        while (await reader.ReadAsync())
            channels.Add(SignInWords.ParseChannel(reader.GetString(0))!.Value);
        return channels.Count == 0 ? null : new StoredLink(channels.DrainToImmutable());
    }

    /// <summary>Tries both codes. A wrong try is counted, right ones are spent, before this
    /// returns. Showing right codes again proves again: what should have followed may not have
    /// happened.</summary>
    /// <param name="ownCode">Null: none was sent.</param>
    public async Task<LinkOutcome> Prove(
        Guid linkId, Guid customerId, string? ownCode, string otherCode, DateTimeOffset now)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var codes = await Lock(connection, linkId, customerId);
        if (codes.Count == 0) return new LinkOutcome.Unknown();

        var wrong = codes
            .Where(c => !keys.CodeMatches(
                c.Stored.CodeHash, c.Id, (c.Id == linkId ? ownCode : otherCode) ?? ""))
            .Select(c => c.Stored.Channel)
            .ToImmutableArray();
        var outcome = Decide(codes, wrong, now);
        await using var batch = connection.CreateBatch();
        foreach (var (id, stored) in codes) AddOutcome(batch, id, stored, outcome, now);
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return outcome;

        LinkOutcome Decide(
            List<(Guid Id, StoredChallenge Stored)> all,
            ImmutableArray<ContactChannel> failed,
            DateTimeOffset at)
        {
            var first = all[0].Stored.Challenge;
            if (first.ConsumedAt is not null && !failed.IsEmpty) return new LinkOutcome.Used();
            if (first.ConsumedAt is null && at > first.ExpiresAt) return new LinkOutcome.Expired();
            var attempts = all.Max(c => c.Stored.Challenge.Attempts);
            if (attempts >= SignInLimits.TriesPerCodeMax) return new LinkOutcome.Exhausted();
            if (!failed.IsEmpty)
            {
                return new LinkOutcome.Wrong(
                    failed, SignInLimits.TriesPerCodeMax - attempts - 1);
            }

            var other = all.Single(c => c.Id != linkId);
            return new LinkOutcome.Proved(other.Stored.Open(keys, other.Id));
        }
    }

    private static void AddOutcome(
        NpgsqlBatch batch, Guid id, StoredChallenge stored, LinkOutcome outcome, DateTimeOffset now)
    {
        var challenge = stored.Challenge;
        switch (outcome)
        {
            case LinkOutcome.Wrong:
                batch.Add("SignIn/store-challenge", id, challenge.Attempts + 1, null);
                break;
            case LinkOutcome.Proved when challenge.ConsumedAt is null:
                batch.Add("SignIn/store-challenge", id, challenge.Attempts, now);
                batch.Add("SignIn/end-series",
                    stored.Channel.Name(), stored.DestinationIndex, Purpose);
                break;
        }
    }

    private static SendVerdict? Longest(IEnumerable<SendVerdict> verdicts) => verdicts
        .Where(v => v is not SendVerdict.Allowed)
        .MaxBy(v => v switch
        {
            SendVerdict.CoolingDown c => c.RetryAfter,
            SendVerdict.LimitReached l => l.RetryAfter,
            _ => TimeSpan.Zero,
        });

    private async Task<SendVerdict> Decide(
        NpgsqlConnection connection, Contact contact, DateTimeOffset now)
    {
        var (channel, index) = (contact.Channel.Name(), keys.IndexOf(contact));
        await using var batch = connection.CreateBatch();
        batch.Add("SignIn/lock-destination", channel, index, now);
        batch.Add("SignIn/read-series", channel, index, Purpose);
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.ReadAsync();
        var budget = new ContactBudget(
            [.. reader.GetFieldValue<DateTimeOffset[]>(0)],
            [.. reader.GetFieldValue<DateTimeOffset[]>(1)]);
        await reader.NextResultAsync();
        var series = await reader.ReadAsync()
            ? new SendSeries(
                reader.GetFieldValue<DateTimeOffset>(0),
                reader.GetFieldValue<DateTimeOffset>(1),
                reader.GetInt32(2))
            : null;
        return SendRules.Decide(budget, series, now);
    }

    private void AddCode(
        NpgsqlBatch batch, Guid id, Contact contact, SendVerdict.Allowed allowed, LinkWish wish)
    {
        var (channel, index) = (contact.Channel.Name(), keys.IndexOf(contact));
        var code = OneTimeCode.New(random);
        var hash = keys.HashCode(id, code);
        batch.Add("SignIn/store-sends", channel, index, allowed.Budget.Sends.ToArray());
        batch.Add("SignIn/store-series", channel, index, Purpose,
            allowed.Series.StartedAt, allowed.Series.LastSentAt, allowed.Series.Sends);
        batch.Add("Links/insert-code", id, wish.Key.CustomerId, wish.LinkId, channel,
            keys.SealForService(StoredChallenge.Destination, id, contact.Value), index,
            hash.Bytes, hash.MasterKeyId, allowed.ExpiresAt, wish.At);
        var message = CourierMessage.WithCode(
            contact, CodePurpose.AccountLink, code, wish.Language);
        var messageId = Guid.CreateVersion7(wish.At);
        batch.Add("Courier/insert-message",
            messageId, message.Seal(keys, messageId), allowed.ExpiresAt, wish.At, index);
    }

    private static void AddReply(NpgsqlBatch batch, LinkWish wish, StoredReply reply) =>
        batch.Add("Customers/keep_reply", wish.Key.CustomerId, reply.Scope, reply.Fingerprint,
            reply.Code, reply.Version, wish.Key.Seal(SealedColumn.IdempotentReply, reply.Body),
            wish.At);

    private static async Task<List<(Guid Id, StoredChallenge Stored)>> Lock(
        NpgsqlConnection connection, Guid linkId, Guid customerId)
    {
        await using var batch = connection.CreateBatch();
        batch.Add("Links/lock-link", linkId, customerId);
        await using var reader = await batch.ExecuteReaderAsync();
        var codes = new List<(Guid, StoredChallenge)>();
        while (await reader.ReadAsync())
            codes.Add((reader.GetGuid(0), StoredChallenge.Read(reader, first: 1)));
        return codes;
    }
}
