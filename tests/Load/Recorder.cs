using System.Globalization;
using System.Text.Json;
using CustomerGrains.Tests.Load.Histories;

namespace CustomerGrains.Tests.Load;

/// <summary>What a request means to the checker.</summary>
/// <param name="Name">One intention of the caller, in characters of a key.</param>
/// <param name="ContactVersion">What a rider says to have seen.</param>
internal sealed record Meaning(
    OpKind Kind, Guid Customer, string Name, string? Subject = null, long? ContactVersion = null);

/// <summary>A caller whose requests are written down before they are sent, and whose answers are
/// before anybody acts on them.</summary>
/// <param name="client">Whom the history names; several callers may be one.</param>
/// <param name="id">The token's subject.</param>
internal sealed class Recorder(Caller caller, HistoryWriter history, string client, Guid id)
{
    /// <param name="scopeCustomer">Where the path does not say whom an answer is kept with.
    /// </param>
    public Task<Answered> Send(
        Meaning meaning, string method, string path, string? body = null,
        Guid? scopeCustomer = null) =>
        caller.Send(method, path, body, meaning.Name, record: (attempt, key) => new(
            history.Begin(
                $"{id} {meaning.Name}", attempt, client, meaning.Customer, meaning.Kind,
                method == "GET" || meaning.Kind == OpKind.SignIn
                    ? null
                    : HistoryWriter.ScopeOf(id, path, key, scopeCustomer),
                meaning.Subject),
            meaning));
}

/// <summary>One attempt on its way.</summary>
internal sealed class Recording(Attempt attempt, Meaning meaning)
{
    public void Heard(HttpResponseMessage answer, string text)
    {
        var status = (int)answer.StatusCode;
        if (status >= 300)
        {
            attempt.Answered(status);
            return;
        }

        switch (meaning.Kind)
        {
            case OpKind.Poll:
                var poll = JsonDocument.Parse(text).RootElement;
                attempt.Answered(
                    status, poll.GetProperty("contact_version").GetInt64(),
                    flag: poll.GetProperty("phone_updated").GetBoolean());
                break;
            case OpKind.Acknowledge:
                attempt.Answered(status, meaning.ContactVersion);
                break;
            case OpKind.SignIn:
                attempt.Answered(status);
                break;
            case OpKind.OrderRead:
                attempt.Answered(status, body: SnapshotOf(text));
                break;
            default:
                attempt.Answered(
                    status, VersionOf(answer),
                    meaning.Kind == OpKind.Placement ? SnapshotOf(text) : text);
                break;
        }
    }

    public void HeardNothing() => attempt.Lost();

    /// <param name="order">As the service shows it.</param>
    public static string SnapshotOf(string order) =>
        JsonDocument.Parse(order).RootElement.GetProperty("customer_snapshot").GetRawText();

    private static long VersionOf(HttpResponseMessage answer) =>
        long.Parse(answer.Headers.ETag!.Tag.Trim('"'), CultureInfo.InvariantCulture);
}
