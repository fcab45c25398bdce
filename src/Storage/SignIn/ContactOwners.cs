using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Sealing;
using Npgsql;

namespace CustomerGrains.Storage.SignIn;

/// <summary>Who owns a contact.</summary>
public sealed class ContactOwners(NpgsqlDataSource database, KeyRing keys)
{
    /// <summary>The living owner's id; null when nobody owns it. Only for contacts whose control
    /// was proved: the answer tells whether somebody is a customer.</summary>
    public async Task<Guid?> Find(Contact contact)
    {
        var statement = contact.Channel == ContactChannel.Phone
            ? "SignIn/find-owner-by-phone"
            : "SignIn/find-owner-by-email";
        await using var command = database.Command(statement, keys.IndexOf(contact));
        return await command.ExecuteScalarAsync() as Guid?;
    }
}
