using System.Collections.Immutable;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using ContactChannel = CustomerGrains.Domain.Customers.ContactChannel;

namespace CustomerGrains.Simulation.Tests.Model;

/// <summary>One command's changes, as the service hands them to the database.</summary>
internal sealed record Commit(
    Customer Before,
    Customer After,
    ImmutableArray<CustomerEvent> Events,
    Guid CommandId,
    DateTimeOffset At,
    KeptReply? Reply,
    Mail? Mail)
{
    public Guid Id => After.Id;
}

/// <summary>What a caller is told.</summary>
/// <param name="Refusal">Null: done.</param>
/// <param name="Body">Equal bodies stand for equal bytes.</param>
/// <param name="Changed">Whether a commit belongs to it.</param>
internal sealed record Reply(Refusal? Refusal, long Version, string Body, bool Changed)
{
    /// <summary>The outcome is unknown, or it was too much: the caller may try again.</summary>
    public static readonly Reply TryAgain = new(null, 0, "503", Changed: false);

    public bool IsFinal => this != TryAgain;

    public bool IsDone => IsFinal && Refusal is null;

    /// <summary>What a repetition under the same key must get again.</summary>
    public bool IsKept => IsFinal && Refusal is null or Domain.Refusal.OtpWrong;
}

/// <summary>The first answer of a keyed request.</summary>
internal sealed record KeptReply(string Key, Reply Reply);

/// <summary>A code or token on its way to a contact.</summary>
internal sealed record Mail(string To, Guid ChangeId, int? Code, SecretHash? Token);

internal sealed record AddressRow(
    Guid Owner, Address Address, bool IsDefault, bool IsDeleted, long Place);

internal sealed record OrderRow(Guid Owner, ActiveOrder Order, long Place);

internal sealed record Reservation(Guid Owner, DateTimeOffset Until);

/// <summary>A journal row as it is stored: what the feed sees, and what is sealed.</summary>
internal sealed record Stored(JournalRow Row, byte[]? Personal, Commit Commit);

/// <summary>Contacts as the unique indexes see them.</summary>
internal readonly record struct ContactKey(ContactChannel Channel, string Value);
