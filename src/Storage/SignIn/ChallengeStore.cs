using CustomerGrains.Domain.SignIn;
using CustomerGrains.Storage.Courier;
using CustomerGrains.Storage.Faults;
using CustomerGrains.Storage.Sealing;
using Npgsql;

namespace CustomerGrains.Storage.SignIn;

/// <summary>Codes sent and shown, for one purpose. Every decision is taken under the lock of the
/// destination's row and is durable before it is told, so that parallel requests on any number of
/// silos count as if they came one after another.</summary>
public sealed class ChallengeStore(
    NpgsqlDataSource database,
    KeyRing keys,
    IRandom random,
    CourierSignal courier,
    TimeProvider time)
{
    private static readonly string Purpose = CodePurpose.SignIn.Name();

    /// <summary>Sends a code. Earlier codes of the contact stay valid.</summary>
    public async Task<StartOutcome> Start(Contact contact)
    {
        var (channel, index) = (contact.Channel.Name(), keys.IndexOf(contact));
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var now = time.UtcNowInMilliseconds();
        var (budget, series) = await LockForSend(connection, channel, index, now);
        var verdict = SendRules.Decide(budget, series, now);
        if (verdict is not SendVerdict.Allowed allowed) return new StartOutcome.Refused(verdict);

        var id = Guid.CreateVersion7(now);
        await using (var batch = connection.CreateBatch())
        {
            batch.Add("SignIn/store-sends", channel, index, allowed.Budget.Sends.ToArray());
            batch.Add("SignIn/store-series", channel, index, Purpose,
                allowed.Series.StartedAt, allowed.Series.LastSentAt, allowed.Series.Sends);
            AddChallenge(batch, id, contact, index, allowed.ExpiresAt, now);
            await batch.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
        FaultPoints.Pass(FaultPoints.CodeStored);
        courier.Wake();
        return new StartOutcome.Started(id, allowed.ExpiresAt, allowed.ResendAfter);
    }

    /// <summary>Tries a code. A wrong try is counted, a right one spends the code, before this
    /// returns.</summary>
    public async Task<ProofOutcome> Prove(Guid challengeId, string code)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var (budget, stored) = await LockForTry(connection, challengeId);
        if (stored is null) return new ProofOutcome.Unknown();

        // After the lock: whoever waited decides on the time at which it is its turn.
        var now = time.UtcNowInMilliseconds();
        var matches = keys.CodeMatches(stored.CodeHash, challengeId, code);
        var verdict = CodeRules.Decide(stored.Challenge, budget, matches, now);
        await Store(connection, challengeId, stored, verdict, now);
        await transaction.CommitAsync();
        if (verdict is CodeVerdict.Right) FaultPoints.Pass(FaultPoints.CodeSpent);
        return verdict is CodeVerdict.Right
            ? new ProofOutcome.Proved(stored.Open(keys, challengeId), now)
            : new ProofOutcome.Refused(verdict);
    }

    /// <summary>Makes a proved code good again, because what should have followed did not happen:
    /// the same request may then be repeated. Repeating this is safe.</summary>
    public async Task Release(Guid challengeId, ProofOutcome.Proved proof)
    {
        await using var command =
            database.Command("SignIn/release-challenge", challengeId, proof.At);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<(ContactBudget, SendSeries?)> LockForSend(
        NpgsqlConnection connection, string channel, byte[] index, DateTimeOffset now)
    {
        await using var batch = connection.CreateBatch();
        batch.Add("SignIn/lock-destination", channel, index, now);
        batch.Add("SignIn/read-series", channel, index, Purpose);
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.ReadAsync();
        var budget = ReadBudget(reader);
        await reader.NextResultAsync();
        var series = await reader.ReadAsync()
            ? new SendSeries(
                reader.GetFieldValue<DateTimeOffset>(0),
                reader.GetFieldValue<DateTimeOffset>(1),
                reader.GetInt32(2))
            : null;
        return (budget, series);
    }

    private static async Task<(ContactBudget, StoredChallenge?)> LockForTry(
        NpgsqlConnection connection, Guid challengeId)
    {
        await using var batch = connection.CreateBatch();
        batch.Add("SignIn/lock-destination-of-challenge", challengeId, Purpose);
        batch.Add("SignIn/read-challenge", challengeId, Purpose);
        await using var reader = await batch.ExecuteReaderAsync();
        // A destination is forgotten only long after its codes have expired.
        var budget = await reader.ReadAsync() ? ReadBudget(reader) : ContactBudget.Empty;
        await reader.NextResultAsync();
        return (budget, await reader.ReadAsync() ? StoredChallenge.Read(reader) : null);
    }

    private static async Task Store(
        NpgsqlConnection connection,
        Guid id,
        StoredChallenge stored,
        CodeVerdict verdict,
        DateTimeOffset now)
    {
        await using var batch = connection.CreateBatch();
        var channel = stored.Channel.Name();
        switch (verdict)
        {
            case CodeVerdict.Wrong wrong:
                AddOutcome(batch, id, wrong.Challenge);
                batch.Add("SignIn/store-failures",
                    channel, stored.DestinationIndex, wrong.Budget.Failures.ToArray(), now);
                break;
            case CodeVerdict.Right right:
                AddOutcome(batch, id, right.Challenge);
                batch.Add("SignIn/end-series", channel, stored.DestinationIndex, Purpose);
                break;
            default:
                return;
        }

        await batch.ExecuteNonQueryAsync();
    }

    private static void AddOutcome(NpgsqlBatch batch, Guid id, Challenge challenge) =>
        batch.Add("SignIn/store-challenge", id, challenge.Attempts, challenge.ConsumedAt);

    private static ContactBudget ReadBudget(NpgsqlDataReader reader) => new(
        [.. reader.GetFieldValue<DateTimeOffset[]>(0)],
        [.. reader.GetFieldValue<DateTimeOffset[]>(1)]);

    private void AddChallenge(
        NpgsqlBatch batch,
        Guid id,
        Contact contact,
        byte[] index,
        DateTimeOffset expiresAt,
        DateTimeOffset now)
    {
        var code = OneTimeCode.New(random);
        var hash = keys.HashCode(id, code);
        var destination = keys.SealForService(StoredChallenge.Destination, id, contact.Value);
        batch.Add("SignIn/insert-challenge", id, Purpose, contact.Channel.Name(), destination,
            index, hash.Bytes, hash.MasterKeyId, expiresAt, now);

        var message = CourierMessage.WithCode(contact, CodePurpose.SignIn, code);
        batch.Add("Courier/insert-message", id, message.Seal(keys, id), expiresAt, now, index);
    }
}
