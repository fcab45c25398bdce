using System.Globalization;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Storage.SignIn;

namespace CustomerGrains.Storage.Contacts;

/// <summary>A row of <c>contact_changes</c> as it goes to the database.</summary>
internal sealed record ChangesRow(
    CustomerCommit Commit,
    string Channel,
    ContactChanges Changes,
    byte[]? CancelHash,
    string Failures,
    byte[]? UndoOld,
    byte[]? UndoHash,
    byte[]? SpentHash)
{
    public static readonly SealedColumn Undo = new("contact_changes.undo_old");

    public static ChangesRow Of(
        CustomerCommit commit, ContactChannel channel, ContactChanges changes) => new(
        commit,
        channel.Name(),
        changes,
        changes.Pending?.Cancel?.Bytes.ToArray(),
        Literal(changes.Failures),
        commit.Key.Seal(Undo, changes.Undo?.Old),
        changes.Undo?.Token?.Bytes.ToArray(),
        changes.Spent?.Token?.Bytes.ToArray());

    /// <summary>An array as PostgreSQL writes it.</summary>
    private static string Literal(IEnumerable<DateTimeOffset> times) =>
        $"{{{string.Join(',', times.Select(t => t.ToString("O", CultureInfo.InvariantCulture)))}}}";
}
