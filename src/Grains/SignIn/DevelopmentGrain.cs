using System.Collections.Immutable;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Contacts;
using CustomerGrains.Storage.Courier;
using CustomerGrains.Storage.Tokens;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace CustomerGrains.Grains.SignIn;

[StatelessWorker, Reentrant, GrainType("development")]
internal sealed class DevelopmentGrain(
    IHostEnvironment environment,
    TokenIssuer issuer,
    ILogger<DevelopmentGrain> log,
    Mailbox? mailbox = null) : Grain, IDevelopmentGrain
{
    /// <summary>What the contract promises at most.</summary>
    private const int MessagesMax = 50;

    private static readonly ImmutableArray<string> Roles = ["utc", "utb", "uta", "utd", "uts"];

    public Task<string> IssueToken(string role, Guid subject, Guid? branchId)
    {
        RequireDevelopment();
        if (!Roles.Contains(role)) throw new ArgumentException("Not a role.", nameof(role));
        return Task.FromResult(issuer.Issue(subject, role, role == "utb" ? branchId : null));
    }

    public async Task<ImmutableArray<DeliveredMessage>> GetMessages(string contact)
    {
        RequireDevelopment();
        if (mailbox is null || Parse(contact).Contact is not { } to) return [];
        var messages = await Infrastructure.Guard(log, () => mailbox.Read(to, MessagesMax));
        return [.. messages.Select(m => Delivered(m.Message, m.SentAt))];
    }

    // A + in a query string reads as a blank unless it was escaped; here that is forgiven.
    private static ParsedContact Parse(string contact) =>
        contact.Contains('@', StringComparison.Ordinal)
            ? ContactParser.Parse("email", contact, "to")
            : ContactParser.Parse("phone", $"+{contact.TrimStart(' ', '+')}", "to");

    private static DeliveredMessage Delivered(CourierMessage m, DateTimeOffset sentAt) =>
        new(m.To, m.Channel, m.Purpose, m.Code, m.Text, m.Token, sentAt.UtcDateTime);

    private void RequireDevelopment()
    {
        if (!environment.IsDevelopment())
            throw new InvalidOperationException("Only in the environment Development.");
    }
}
