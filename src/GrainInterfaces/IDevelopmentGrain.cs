using System.Collections.Immutable;

namespace CustomerGrains.GrainInterfaces;

/// <summary>Helpers for a developer's machine. Outside the environment <c>Development</c> every
/// call throws <see cref="InvalidOperationException"/>.</summary>
[Alias("cg.IDevelopmentGrain")]
public interface IDevelopmentGrain : IGrainWithIntegerKey
{
    /// <summary>An access token for anybody.</summary>
    /// <param name="role"><c>utc</c>, <c>utb</c>, <c>uta</c>, <c>utd</c> or <c>uts</c>.</param>
    /// <param name="subject">Becomes <c>sub</c>.</param>
    /// <param name="branchId">For <c>utb</c> only.</param>
    [Alias("IssueToken")]
    Task<string> IssueToken(string role, Guid subject, Guid? branchId);

    /// <summary>What the courier delivered to a contact, newest first, 50 at most.</summary>
    [Alias("GetMessages")]
    Task<ImmutableArray<DeliveredMessage>> GetMessages(string contact);
}

/// <param name="Purpose"><c>sign_in</c>, <c>profile_update</c>, <c>account_link</c> or
/// <c>notice</c>.</param>
/// <param name="Code">Null in notices.</param>
/// <param name="Token">Undo or cancel token; null when the message carries none.</param>
/// <param name="SentAt">UTC.</param>
[GenerateSerializer, Immutable, Alias("cg.DeliveredMessage")]
public sealed record DeliveredMessage(
    [property: Id(0)] string To,
    [property: Id(1)] string Channel,
    [property: Id(2)] string Purpose,
    [property: Id(3)] string? Code,
    [property: Id(4)] string Text,
    [property: Id(5)] string? Token,
    [property: Id(6)] DateTime SentAt);
