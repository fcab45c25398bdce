namespace CustomerGrains.GrainInterfaces;

/// <summary>How a command or query ended. Numbers are stored with idempotent replies: add, never
/// renumber. Within a range the order is the order of precedence: the first that applies is the
/// one that is answered. Numbers of refusals equal those of the domain's own list.</summary>
public enum ReplyCode : short
{
    /// <summary>Done (or nothing to do). <see cref="Reply.Body"/> holds the answer.</summary>
    Ok = 0,

    /// <summary>Done, and the request brought the thing into being that
    /// <see cref="Reply.Body"/> describes; where the same request can also meet it already there.
    /// </summary>
    Created = 1,

    /// <summary>A member's value is outside its rules; <see cref="Reply.Errors"/> names each.
    /// HTTP 400 <c>invalid-member</c>.</summary>
    InvalidMember = 100,

    /// <summary>The token's customer does not live (never did, or erased, or merged away).
    /// HTTP 401 <c>token-invalid</c>.</summary>
    CustomerUnknown = 110,

    /// <summary>The token was issued before the customer's tokens were last revoked.
    /// HTTP 401 <c>token-invalid</c>.</summary>
    TokenRevoked = 120,

    /// <summary>The key was used before for another request. HTTP 422
    /// <c>idempotency-key-reused</c>.</summary>
    IdempotencyKeyReused = 130,

    /// <summary>The addressed thing is not among the caller's own. HTTP 404
    /// <c>not-found</c>.</summary>
    AddressUnknown = 200,

    /// <summary><c>If-Match</c> named an older version. HTTP 412 <c>version-mismatch</c>.</summary>
    VersionMismatch = 210,

    /// <summary>The avatar is not one of the caller's media. HTTP 422
    /// <c>media-unknown</c>.</summary>
    MediaUnknown = 220,

    /// <summary>The customer has as many addresses as one may have. HTTP 422
    /// <c>address-limit</c>.</summary>
    AddressLimit = 230,

    /// <summary>The customer has as many media as one may have. HTTP 422
    /// <c>media-limit</c>.</summary>
    MediaLimit = 240,

    /// <summary>Another living customer owns the contact. HTTP 409
    /// <c>contact-taken</c>.</summary>
    ContactTaken = 250,

    /// <summary>The customer exists already (internal: sign-up raced). Never reaches a client.
    /// </summary>
    CustomerExists = 260,

    /// <summary>A code was asked for too soon after the last one. HTTP 429 <c>otp-cooldown</c>;
    /// <see cref="SignInReply.RetryAfter"/> says when.</summary>
    OtpCooldown = 300,

    /// <summary>The destination had its share of codes for the hour or day. HTTP 429
    /// <c>otp-send-limit</c>.</summary>
    OtpSendLimit = 310,

    /// <summary>No such challenge. HTTP 404 <c>not-found</c>.</summary>
    OtpUnknown = 320,

    /// <summary>The code was used, successfully. HTTP 410 <c>otp-used</c>.</summary>
    OtpUsed = 330,

    /// <summary>The code is too old. HTTP 410 <c>otp-expired</c>.</summary>
    OtpExpired = 340,

    /// <summary>Too many wrong tries with this code. HTTP 429
    /// <c>otp-attempts-exhausted</c>.</summary>
    OtpAttemptsExhausted = 350,

    /// <summary>Too many failures with this contact of late: wait, then try the same code again.
    /// HTTP 429 <c>otp-delayed</c>; <see cref="SignInReply.RetryAfter"/> says when.</summary>
    OtpDelayed = 360,

    /// <summary>Wrong code; <see cref="SignInReply.AttemptsLeft"/> says how many tries are left.
    /// HTTP 422 <c>otp-wrong</c>.</summary>
    OtpWrong = 370,

    /// <summary>The refresh token is unknown, expired, revoked or used before. HTTP 401
    /// <c>refresh-token-invalid</c>.</summary>
    RefreshTokenInvalid = 380,

    /// <summary>The wanted contact is the present one. HTTP 422 <c>contact-unchanged</c>.</summary>
    ContactUnchanged = 400,

    /// <summary>The last change of the channel can still be undone. HTTP 409
    /// <c>change-frozen</c>; <see cref="Reply.RetryAfter"/> says until when.</summary>
    ChangeFrozen = 410,

    /// <summary>Orders are under way and the change was not confirmed;
    /// <see cref="Reply.ActiveOrders"/> names them. HTTP 409 <c>active-order-conflict</c>.
    /// </summary>
    ActiveOrderConflict = 420,

    /// <summary>As many wrong codes in 24 hours as one channel may have. HTTP 429
    /// <c>otp-attempts-exhausted</c>; <see cref="Reply.RetryAfter"/> says when.</summary>
    FailureBudgetSpent = 430,

    /// <summary>The contact was given up lately and is kept for its last owner, who may still
    /// undo. HTTP 409 <c>contact-reserved</c>.</summary>
    ContactReserved = 440,

    /// <summary>A cancel or undo token that no longer does anything. HTTP 410 <c>undo-over</c>.
    /// </summary>
    UndoOver = 450,

    /// <summary>The order names a customer who does not live. HTTP 422
    /// <c>customer-unknown</c>.</summary>
    OrderCustomerUnknown = 500,

    /// <summary>No such order, or none that the caller may know of. HTTP 404
    /// <c>not-found</c>.</summary>
    OrderUnknown = 505,

    /// <summary>The customer is blocked; <see cref="Reply.PublicReason"/> says why. HTTP 403
    /// <c>account-blocked</c>.</summary>
    AccountBlocked = 510,

    /// <summary>The customer is suspended; <see cref="Reply.PublicReason"/> says why. HTTP 403
    /// <c>account-suspended</c>.</summary>
    AccountSuspended = 515,

    /// <summary>The id belongs to another order, or to one with other content. HTTP 409
    /// <c>order-exists</c>.</summary>
    OrderExists = 520,

    /// <summary>Not one of the living addresses of the customer who orders. HTTP 422
    /// <c>address-unknown</c>.</summary>
    OrderAddressUnknown = 525,

    /// <summary>A customer without phone and email orders without naming whom to call. HTTP 422
    /// <c>contact-missing</c>.</summary>
    ContactMissing = 530,

    /// <summary>The goods have a minimum age and the date of birth is not known. HTTP 403
    /// <c>age-unknown</c>.</summary>
    AgeUnknown = 535,

    /// <summary>The customer is too young for the goods. HTTP 403 <c>underage</c>.</summary>
    Underage = 540,

    /// <summary>As many active orders as one customer may have. HTTP 422
    /// <c>order-limit</c>.</summary>
    OrderLimit = 545,

    /// <summary>The order cannot take that status from the one it has. HTTP 409
    /// <c>illegal-transition</c>.</summary>
    IllegalTransition = 550,

    /// <summary>A contact version that does not exist yet. HTTP 409
    /// <c>contact-version-unknown</c>.</summary>
    ContactVersionUnknown = 555,

    /// <summary>An active order goes to the address and the request does not confirm; see
    /// <see cref="Reply.ActiveOrders"/>. HTTP 409 <c>address-in-active-order</c>.</summary>
    AddressInActiveOrder = 560,

    /// <summary>Staff name a customer who does not live. HTTP 404 <c>not-found</c>.</summary>
    CustomerNotFound = 650,

    /// <summary>Staff look at a customer's data without saying why. HTTP 400
    /// <c>purpose-required</c>.</summary>
    PurposeRequired = 660,

    /// <summary>No such import. HTTP 404 <c>not-found</c>.</summary>
    ImportUnknown = 720,

    /// <summary>The customer is about to become part of another, or takes over its contacts.
    /// HTTP 409 <c>account-merging</c>; gone in a moment.</summary>
    AccountMerging = 740,

    /// <summary>No such merge or link of this customer. HTTP 404 <c>not-found</c>.</summary>
    MergeUnknown = 745,

    /// <summary>Something stands in the way of the merge or its undo;
    /// <see cref="Reply.Blockers"/> names it. HTTP 409 <c>merge-blocked</c>.</summary>
    MergeBlocked = 750,

    /// <summary>The merge is not complete, so there is nothing to undo. HTTP 409
    /// <c>merge-not-done</c>.</summary>
    MergeNotDone = 755,

    /// <summary>A step of a merge met the other side elsewhere. Never reaches a client.
    /// </summary>
    MergeOutOfStep = 760,

    /// <summary>No erasure was asked for, or it was cancelled. HTTP 404
    /// <c>erasure-unknown</c>.</summary>
    ErasureUnknown = 770,

    /// <summary>Not one of the customer's exports, or long gone. HTTP 404 <c>not-found</c>.
    /// </summary>
    ExportUnknown = 775,

    /// <summary>As many exports in 24 hours as one customer may have. HTTP 429
    /// <c>export-limit</c>; <see cref="Reply.RetryAfter"/> says when.</summary>
    ExportLimit = 780,
}
