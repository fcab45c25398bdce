using System.Collections.Immutable;

namespace CustomerGrains.GrainInterfaces;

/// <summary>Members of <c>PATCH /api/utc/profile</c>, JSON types already checked, values not: the
/// grain's domain does that.</summary>
[GenerateSerializer, Immutable, Alias("cg.ProfileEdit")]
public sealed record ProfileEdit
{
    [Id(0)] public Patch<string> Name { get; init; }

    /// <summary><c>male</c>, <c>female</c> or <c>other</c>.</summary>
    [Id(1)] public Patch<string> Gender { get; init; }

    /// <summary><c>YYYY-MM-DD</c>.</summary>
    [Id(2)] public Patch<string> DateOfBirth { get; init; }

    /// <summary>BCP 47. Null: back to the default.</summary>
    [Id(3)] public Patch<string> PreferredLanguage { get; init; }

    /// <summary>UUID text.</summary>
    [Id(4)] public Patch<string> AvatarMediaId { get; init; }

    /// <summary>Null: back to the defaults. Members merge; a null value removes the member, or
    /// restores the default of a built-in one.</summary>
    [Id(5)] public Patch<ImmutableArray<KeyValuePair<string, bool?>>> NotificationPreferences { get; init; }
}

/// <summary>Members of <c>POST</c> and <c>PATCH /api/utc/addresses</c>, JSON types checked, values
/// not.</summary>
[GenerateSerializer, Immutable, Alias("cg.AddressEdit")]
public sealed record AddressEdit
{
    [Id(0)] public Patch<string> Label { get; init; }
    [Id(1)] public Patch<string> Line1 { get; init; }
    [Id(2)] public Patch<string> Line2 { get; init; }
    [Id(3)] public Patch<string> City { get; init; }
    [Id(4)] public Patch<string> State { get; init; }
    [Id(5)] public Patch<string> PostalCode { get; init; }

    /// <summary>ISO 3166-1 alpha-2. Null: the service's default country.</summary>
    [Id(6)] public Patch<string> Country { get; init; }

    /// <summary>Degrees, WGS 84. Given together with the longitude or not at all.</summary>
    [Id(7)] public Patch<decimal?> Latitude { get; init; }

    /// <summary>Degrees, WGS 84.</summary>
    [Id(8)] public Patch<decimal?> Longitude { get; init; }

    /// <summary>On creation only; true makes it the default.</summary>
    [Id(9)] public Patch<bool?> IsDefault { get; init; }
}

/// <summary>Metadata of an avatar.</summary>
/// <param name="ContentType">For example <c>image/png</c>.</param>
/// <param name="Bytes">Size of the stored object in bytes.</param>
[GenerateSerializer, Immutable, Alias("cg.MediaDraft")]
public sealed record MediaDraft(
    [property: Id(0)] string? ContentType,
    [property: Id(1)] long? Bytes);

/// <summary>Another phone or email that a customer asks for.</summary>
/// <param name="Channel"><c>phone</c> or <c>email</c>.</param>
/// <param name="NewValue">As typed.</param>
/// <param name="ConfirmActiveOrder">True: although orders are under way.</param>
[GenerateSerializer, Immutable, Alias("cg.ContactChangeDraft")]
public sealed record ContactChangeDraft(
    [property: Id(0)] string? Channel,
    [property: Id(1)] string? NewValue,
    [property: Id(2)] bool ConfirmActiveOrder)
{
    /// <summary>Never the contact.</summary>
    public override string ToString() => $"a change of {Channel}";
}

/// <summary>A code shown for a contact change. A record, because frameworks print arguments.
/// </summary>
[GenerateSerializer, Immutable, Alias("cg.ContactProof")]
public sealed record ContactProof(
    [property: Id(0)] Guid ChangeId,
    [property: Id(1)] string Code)
{
    /// <summary>Never the code.</summary>
    public override string ToString() => $"a code for {ChangeId}";
}

/// <summary>A cancel or undo token as it was sent.</summary>
[GenerateSerializer, Immutable, Alias("cg.ContactUndoToken")]
public sealed record ContactUndoToken([property: Id(0)] string Value)
{
    /// <summary>Never the token.</summary>
    public override string ToString() => "a token";
}

/// <summary>What an app tells of its use; JSON types checked, values not.</summary>
[GenerateSerializer, Immutable, Alias("cg.ActivityDraft")]
public sealed record ActivityDraft(
    [property: Id(0)] ImmutableArray<ActivityItemDraft> Events);

/// <param name="At">RFC 3339.</param>
[GenerateSerializer, Immutable, Alias("cg.ActivityItemDraft")]
public sealed record ActivityItemDraft(
    [property: Id(0)] string Kind,
    [property: Id(1)] string At,
    [property: Id(2)] string SessionId)
{
    /// <summary>Never the session: what an app puts there is its own affair.</summary>
    public override string ToString() => Kind;
}

/// <summary>One page of a list.</summary>
/// <param name="Limit">Items at most, 1 to 200.</param>
/// <param name="Cursor">From the previous page's <c>next_cursor</c>; null for the first.</param>
[GenerateSerializer, Immutable, Alias("cg.PageRequest")]
public sealed record PageRequest(
    [property: Id(0)] int Limit,
    [property: Id(1)] string? Cursor);

/// <summary>A contact whose owner showed control of it by a code.</summary>
/// <param name="Value">E.164 for a phone, lower case for an email.</param>
[GenerateSerializer, Immutable, Alias("cg.ProvedContact")]
public sealed record ProvedContact(
    [property: Id(0)] ContactChannel Channel,
    [property: Id(1)] string Value);

/// <summary>Numbers are stored: add, never renumber.</summary>
public enum ContactChannel : byte
{
    Phone = 1,
    Email = 2,
}
