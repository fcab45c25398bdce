using System.Collections.Immutable;

namespace CustomerGrains.Domain.Customers;

/// <summary>What a customer remembers of a merge it is part of. Equal when all of it is.</summary>
public sealed record MergeRecord
{
    public required Guid MergeId { get; init; }

    /// <summary>The customer on the other side.</summary>
    public required Guid OtherId { get; init; }

    public required MergeStage Stage { get; init; }

    /// <summary>When the stage was reached.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Of a survivor: what came with the merge, for the undo.</summary>
    public Absorbed Came { get; init; } = Absorbed.Nothing;

    public bool IsOfSurvivor => Stage is MergeStage.Absorbing or MergeStage.Merged;
}

/// <summary>How far a merge is, for one side. Stored by name: add, never rename.</summary>
public enum MergeStage
{
    /// <summary>The redundant waits; nothing else may be done with it.</summary>
    Frozen,

    /// <summary>The redundant lives on in the survivor.</summary>
    Away,

    /// <summary>The survivor has everything but the contacts.</summary>
    Absorbing,

    /// <summary>The survivor has everything.</summary>
    Merged,
}

/// <summary>What a survivor took over.</summary>
public sealed record Absorbed
{
    public static readonly Absorbed Nothing = new();

    /// <summary>Those that were living.</summary>
    public ImmutableArray<Guid> Addresses { get; init; } = [];

    /// <summary>The redundant's.</summary>
    public Guid? DefaultAddressId { get; init; }

    public int Orders { get; init; }

    /// <summary>As far as the sum could rise.</summary>
    public decimal Spend { get; init; }

    /// <summary>As far as the counts could rise.</summary>
    public RiskCounts Risks { get; init; } = RiskCounts.None;

    /// <summary>The survivor's before.</summary>
    public CustomerTier TierBefore { get; init; }

    /// <summary>The survivor was a guest.</summary>
    public bool WasTemporary { get; init; }

    public bool Phone { get; init; }

    public bool Email { get; init; }

    public bool Has(ContactChannel channel) => channel == ContactChannel.Phone ? Phone : Email;

    public bool Equals(Absorbed? other) =>
        other is not null
        && Addresses.AsSpan().SequenceEqual(other.Addresses.AsSpan())
        && (DefaultAddressId, Orders, Spend, TierBefore, WasTemporary, Phone, Email)
            == (other.DefaultAddressId, other.Orders, other.Spend, other.TierBefore,
                other.WasTemporary, other.Phone, other.Email)
        && Risks.Equals(other.Risks);

    public override int GetHashCode() => HashCode.Combine(Addresses.Length, Orders, Spend);
}
