using Orleans.Concurrency;

namespace CustomerGrains.GrainInterfaces;

/// <remarks>What a customer asks for about the own data.</remarks>
public partial interface ICustomerGrain
{
    /// <summary>Asks to be forgotten, after a time in which that can be taken back; answers an
    /// <see cref="ErasureView"/>. Asking again changes nothing. Refusals: CustomerUnknown,
    /// TokenRevoked, AccountBlocked, AccountSuspended, IdempotencyKeyReused, VersionMismatch.
    /// </summary>
    [Alias("RequestErasure")]
    Task<Reply> RequestErasure(CommandContext context);

    /// <summary>How far an erasure is; answers an <see cref="ErasureView"/>. Refusals:
    /// CustomerUnknown, TokenRevoked, AccountBlocked, AccountSuspended, ErasureUnknown.</summary>
    [AlwaysInterleave, Alias("GetErasure")]
    ValueTask<Reply> GetErasure(Caller caller);

    /// <summary>Takes the wish to be forgotten back. Refusals: CustomerUnknown, TokenRevoked,
    /// AccountBlocked, AccountSuspended, IdempotencyKeyReused, ErasureUnknown, VersionMismatch.
    /// </summary>
    [Alias("CancelErasure")]
    Task<Reply> CancelErasure(CommandContext context);

    /// <summary>Carries an erasure out whose time has come, if nothing stands in its way. On return
    /// it is durable, and whoever calls this id finds nobody. Internal; repeating is safe.
    /// Refusals: CustomerNotFound.</summary>
    [Alias("Erase")]
    Task<Reply> Erase(CommandContext context);

    /// <summary>Forgets a guest who has been idle for long enough, if nothing stands in the way. On
    /// return it is durable. Internal; repeating is safe. Refusals: CustomerNotFound.</summary>
    [Alias("ForgetIfIdle")]
    Task<Reply> ForgetIfIdle(CommandContext context);

    /// <summary>Has a copy of everything made; answers an <see cref="ExportStartView"/>. While one
    /// is being made, it answers that one. Refusals: CustomerUnknown, TokenRevoked, AccountBlocked,
    /// AccountSuspended, IdempotencyKeyReused, VersionMismatch, ExportLimit.</summary>
    [Alias("RequestExport")]
    Task<Reply> RequestExport(Guid exportId, CommandContext context);

    /// <summary>A copy, once it is ready, until it expires; answers an <see cref="ExportView"/>.
    /// Refusals: CustomerUnknown, TokenRevoked, AccountBlocked, AccountSuspended, ExportUnknown.
    /// </summary>
    [AlwaysInterleave, Alias("GetExport")]
    Task<Reply> GetExport(Guid exportId, Caller caller);
}
