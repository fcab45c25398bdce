namespace CustomerGrains.GrainInterfaces;

/// <summary>One customer. The key is the customer's id.</summary>
/// <remarks>
/// Commands run one at a time per customer; an answer means the change, its journal row and the
/// stored reply are durable in one transaction. Queries answer from the last committed state and
/// run beside a command. Refusals common to all: <see cref="ReplyCode.CustomerUnknown"/>,
/// <see cref="ReplyCode.TokenRevoked"/> and, of calls of the customer,
/// <see cref="ReplyCode.AccountBlocked"/>, <see cref="ReplyCode.AccountSuspended"/>; to commands
/// also
/// <see cref="ReplyCode.IdempotencyKeyReused"/> and <see cref="ReplyCode.VersionMismatch"/>.
/// A command that changes nothing answers with the present version and writes nothing.
/// Throws <see cref="TryAgainException"/> when the outcome could not be established or the
/// service is overloaded; repeating under the same key is then safe.
/// </remarks>
[Alias("cg.ICustomerGrain")]
public partial interface ICustomerGrain : IGrainWithGuidKey
{
    /// <summary>Answers a <see cref="ProfileView"/>.</summary>
    [Orleans.Concurrency.AlwaysInterleave, Alias("GetProfile")]
    ValueTask<Reply> GetProfile(Caller caller);

    /// <summary>Whether the token may speak for the customer; answers an empty body. Internal: for
    /// grains that answer the customer from elsewhere.</summary>
    [Orleans.Concurrency.AlwaysInterleave, Alias("Admit")]
    ValueTask<Reply> Admit(Caller caller);

    /// <summary>Answers a <see cref="ProfileView"/>. Refusals: InvalidMember, MediaUnknown.</summary>
    [Alias("EditProfile")]
    Task<Reply> EditProfile(ProfileEdit edit, CommandContext context);

    /// <summary>Answers an <see cref="AddressList"/>. Refusals: InvalidMember (cursor).</summary>
    [Orleans.Concurrency.AlwaysInterleave, Alias("GetAddresses")]
    ValueTask<Reply> GetAddresses(PageRequest page, Caller caller);

    /// <summary>Answers an <see cref="AddressView"/>. Refusals: InvalidMember, AddressLimit.
    /// The first address becomes the default.</summary>
    [Alias("AddAddress")]
    Task<Reply> AddAddress(Guid addressId, AddressEdit draft, CommandContext context);

    /// <summary>Answers an <see cref="AddressView"/>. Refusals: InvalidMember,
    /// AddressUnknown, AddressInActiveOrder (unless <paramref name="confirmsActiveOrder"/>).
    /// </summary>
    [Alias("EditAddress")]
    Task<Reply> EditAddress(
        Guid addressId, AddressEdit edit, bool confirmsActiveOrder, CommandContext context);

    /// <summary>Answers an empty body. Refusals: AddressUnknown, AddressInActiveOrder (unless
    /// <paramref name="confirmsActiveOrder"/>). Removing the default promotes
    /// the most recently used address, else the newest.</summary>
    [Alias("RemoveAddress")]
    Task<Reply> RemoveAddress(Guid addressId, bool confirmsActiveOrder, CommandContext context);

    /// <summary>Answers an <see cref="AddressList"/> of all living addresses, never paged.
    /// Refusals: AddressUnknown.</summary>
    [Alias("SetDefaultAddress")]
    Task<Reply> SetDefaultAddress(Guid addressId, CommandContext context);

    /// <summary>Registers an avatar's metadata; answers a <see cref="MediaView"/>. Refusals:
    /// InvalidMember, MediaLimit.</summary>
    [Alias("AddMedia")]
    Task<Reply> AddMedia(Guid mediaId, MediaDraft draft, CommandContext context);

    /// <summary>Takes note of what an app tells of its use, each time it is told; answers an
    /// <see cref="ActivityView"/>. Refusals: InvalidMember.</summary>
    [Alias("RecordActivity")]
    Task<Reply> RecordActivity(ActivityDraft draft, CommandContext context);

    /// <summary>Answers a <see cref="StaffCustomerView"/>, written to the access log before.
    /// Refusals: InvalidMember (purpose), CustomerNotFound.</summary>
    /// <param name="purpose">Null: administration.</param>
    [Orleans.Concurrency.AlwaysInterleave, Alias("GetForStaff")]
    Task<Reply> GetForStaff(string? purpose, Caller staff);

    /// <summary>Sends a code to another phone or email; answers a <see cref="ContactChangeView"/>.
    /// Whether somebody else owns it is not told. Refusals: InvalidMember, ContactUnchanged,
    /// ChangeFrozen, ActiveOrderConflict, FailureBudgetSpent, OtpCooldown, OtpSendLimit.</summary>
    [Alias("RequestContactChange")]
    Task<Reply> RequestContactChange(
        Guid changeId, ContactChangeDraft draft, CommandContext context);

    /// <summary>Sends another code for a pending change; the former one is void. Answers a
    /// <see cref="ContactChangeView"/>. Refusals: OtpUnknown, OtpUsed, OtpExpired,
    /// FailureBudgetSpent, OtpCooldown, OtpSendLimit.</summary>
    [Alias("ResendContactChange")]
    Task<Reply> ResendContactChange(Guid changeId, CommandContext context);

    /// <summary>Shows a code; answers a <see cref="ProfileView"/> with the new contact. A wrong
    /// code is counted before it is told, and kept under the key. Refusals: InvalidMember,
    /// OtpUnknown, OtpUsed, OtpExpired, OtpAttemptsExhausted, FailureBudgetSpent, OtpWrong,
    /// ContactTaken, ContactReserved.</summary>
    [Alias("VerifyContactChange")]
    Task<Reply> VerifyContactChange(ContactProof proof, CommandContext context);

    /// <summary>Answers an empty body. Refusals: OtpUnknown, OtpUsed, OtpExpired.</summary>
    [Alias("CancelContactChange")]
    Task<Reply> CancelContactChange(Guid changeId, CommandContext context);

    /// <summary>Cancels or undoes a change with a token that the old contact was sent. Internal:
    /// reached through <see cref="IContactUndoGrain"/>. Answers a <see cref="ContactUndoView"/>,
    /// the same again when repeated. Refusals: UndoOver.</summary>
    /// <param name="tokenHash">SHA-256 of the token: 32 bytes.</param>
    [Alias("UndoContactChange")]
    Task<Reply> UndoContactChange(byte[] tokenHash, CommandContext context);

    /// <summary>Brings the customer into being with a proved contact, or, with none, as a guest.
    /// Internal: not reachable over HTTP by itself. Refusals: ContactTaken,
    /// CustomerExists.</summary>
    [Alias("SignUp")]
    Task<Reply> SignUp(ProvedContact? contact, CommandContext context);

    /// <summary>Records a sign-in (<c>last_login_at</c>) by a contact that was proved just now.
    /// Internal. Refusals: AccountBlocked, AccountSuspended.</summary>
    [Alias("SignIn")]
    Task<Reply> SignIn(ProvedContact contact, CommandContext context);
}
