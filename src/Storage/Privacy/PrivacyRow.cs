using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Sealing;

namespace CustomerGrains.Storage.Privacy;

/// <summary>What a commit writes about erasure and export. Nearly always nothing.</summary>
/// <param name="MovesErasure">The wish to be forgotten came up, went, or was fulfilled.</param>
/// <param name="ExportId">Of an export that was asked for.</param>
internal sealed record PrivacyRow(CustomerCommit Commit, bool MovesErasure, Guid? ExportId)
{
    public Erasure? Erasure => Commit.After.Erasure;

    /// <summary>Of the contacts that the person had to the end; null: none.</summary>
    public byte[]? PhoneIndex { get; private init; }

    public byte[]? EmailIndex { get; private init; }

    /// <summary>Null when there is nothing to write.</summary>
    public static PrivacyRow? Of(CustomerCommit commit, KeyRing keys)
    {
        var moves = !ReferenceEquals(commit.Before.Erasure, commit.After.Erasure);
        var export = ExportOf(commit);
        if (!moves && export is null) return null;
        if (!commit.After.IsErased) return new PrivacyRow(commit, moves, export);

        var (phone, email) = (commit.Before.Phone, commit.Before.Email);
        return new PrivacyRow(commit, moves, export)
        {
            PhoneIndex = phone is null ? null : keys.BlindIndex(IndexedField.Phone, phone),
            EmailIndex = email is null ? null : keys.BlindIndex(IndexedField.Email, email),
        };
    }

    private static Guid? ExportOf(CustomerCommit commit)
    {
        foreach (var happened in commit.Events)
            if (happened is CustomerEvent.ExportRequested e) return e.ExportId;
        return null;
    }
}
