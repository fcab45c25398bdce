using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Contacts;
using CustomerGrains.Storage.Sealing;

namespace CustomerGrains.Storage.Tests.Customers;

/// <summary>Commands of contact changes with codes that nobody knows.</summary>
internal sealed class Changes(KeyRing keys)
{
    private readonly ChangeSecrets _secrets = new(keys, new CryptographicRandom());

    public CustomerCommand.RequestContactChange Request(
        Guid id, string value, ContactChannel channel = ContactChannel.Phone) =>
        new(id, channel, value, true, _secrets.NewCode(id).Hash, _secrets.NewToken(id).Hash);

    public CustomerCommand.VerifyContactChange Verify(Guid id, bool right = true) =>
        new(id, right, _secrets.NewToken(id).Hash, FormerChange.Unknown);

    public CustomerCommand.ResendContactChange Resend(Guid id) =>
        new(id, _secrets.NewCode(id).Hash, FormerChange.Unknown);

    public static CustomerCommand.CancelContactChange Cancel(Guid id) =>
        new(id, FormerChange.Unknown);

    public static CustomerCommand.UndoContactChange Undo(Customer customer) =>
        new(customer.PhoneChanges.Undo!.Token!);

    /// <summary>As the journal tells it: without the hashes.</summary>
    public static Customer WithoutSecrets(Customer customer) => customer with
    {
        PhoneChanges = WithoutSecrets(customer.PhoneChanges),
        EmailChanges = WithoutSecrets(customer.EmailChanges),
    };

    private static ContactChanges WithoutSecrets(ContactChanges changes) => changes with
    {
        Pending = changes.Pending is { } p ? p with { Code = null, Cancel = null } : null,
        Undo = changes.Undo is { } u ? u with { Token = null } : null,
        Spent = changes.Spent is { } s ? s with { Token = null } : null,
    };
}
