namespace CustomerGrains.Api.Problems;

/// <summary>Every problem this front end answers with. Codes are part of the contract: add, never
/// rename or reuse.</summary>
internal static class ProblemKinds
{
    public static readonly ProblemKind MalformedRequest = new(400, "malformed-request",
        "Malformed request", "The request is not well-formed HTTP.");

    public static readonly ProblemKind InvalidHeader = new(400, "invalid-header",
        "Invalid header", "A header named in errors is malformed.");

    public static readonly ProblemKind MalformedBody = new(400, "malformed-body",
        "Malformed body",
        "Send one JSON object in UTF-8, at most 16 levels deep, naming each member once.");

    public static readonly ProblemKind UnknownMember = new(400, "unknown-member",
        "Unknown member", "Leave out the members named in errors.");

    public static readonly ProblemKind ReadOnlyMember = new(400, "read-only-member",
        "Read-only member", "The members named in errors cannot be set here.");

    public static readonly ProblemKind InvalidMember = new(400, "invalid-member",
        "Invalid member", "Correct the members named in errors.");

    public static readonly ProblemKind PurposeRequired = new(400, "purpose-required",
        "Purpose required", "Say in ?purpose= why you look; the customer will read it.");

    public static readonly ProblemKind TokenMissing = new(401, "token-missing",
        "Token missing", "Send an access token: Authorization: Bearer.");

    public static readonly ProblemKind TokenInvalid = new(401, "token-invalid",
        "Token invalid", "The access token is not accepted. Sign in again.");

    public static readonly ProblemKind RefreshTokenInvalid = new(401, "refresh-token-invalid",
        "Refresh token invalid", "The refresh token is not accepted. Sign in again.");

    public static readonly ProblemKind RoleForbidden = new(403, "role-forbidden",
        "Not for this role", "The role of the access token may not do this.");

    public static readonly ProblemKind AccountBlocked = new(403, "account-blocked",
        "Account blocked", "The customer's account is blocked.");

    public static readonly ProblemKind AccountSuspended = new(403, "account-suspended",
        "Account suspended", "The customer's account is suspended.");

    public static readonly ProblemKind AgeUnknown = new(403, "age-unknown",
        "Age unknown",
        "The goods have a minimum age; the customer has to state the date of birth.");

    public static readonly ProblemKind Underage = new(403, "underage",
        "Underage", "The customer is too young for the goods.");

    public static readonly ProblemKind NotFound = new(404, "not-found",
        "Not found", "There is nothing here that this caller may see.");

    public static readonly ProblemKind MethodNotAllowed = new(405, "method-not-allowed",
        "Method not allowed", "The header Allow lists the methods of this resource.");

    public static readonly ProblemKind RequestTimeout = new(408, "request-timeout",
        "Request timeout", "The request arrived too slowly.");

    public static readonly ProblemKind ContactTaken = new(409, "contact-taken",
        "Contact taken", "Another customer owns this contact.");

    public static readonly ProblemKind ContactReserved = new(409, "contact-reserved",
        "Contact reserved", "The contact's last owner can still take it back. Try again later.");

    public static readonly ProblemKind ChangeFrozen = new(409, "change-frozen",
        "Change frozen", "The last change of this contact can still be undone. Try again later.");

    public static readonly ProblemKind ActiveOrderConflict = new(409, "active-order-conflict",
        "Active order",
        "You have an active delivery. Changing your phone number now might disrupt communication "
            + "with your rider. Continue?");

    public static readonly ProblemKind OrderExists = new(409, "order-exists",
        "Order exists", "The order id is in use with other content. Take a new id.");

    public static readonly ProblemKind IllegalTransition = new(409, "illegal-transition",
        "Illegal transition", "The order cannot take this status now. Read it again.");

    public static readonly ProblemKind ContactVersionUnknown = new(409, "contact-version-unknown",
        "Contact version unknown", "There is no such contact version yet. Read the contact again.");

    public static readonly ProblemKind AddressInActiveOrder = new(409, "address-in-active-order",
        "Address in active order",
        "An active order goes to this address; it keeps the address it has. Confirm with "
        + "?confirm_active_order=true.");

    public static readonly ProblemKind AccountMerging = new(409, "account-merging",
        "Account merging", "The account is just being merged. Try again in a moment.");

    public static readonly ProblemKind MergeBlocked = new(409, "merge-blocked",
        "Merge blocked", "What is listed in blockers has to end first.");

    public static readonly ProblemKind MergeNotDone = new(409, "merge-not-done",
        "Merge not done", "The merge is not complete, so there is nothing to undo.");

    public static readonly ProblemKind OtpUsed = new(410, "otp-used",
        "Code used", "The code was used already. Ask for a new one.");

    public static readonly ProblemKind OtpExpired = new(410, "otp-expired",
        "Code expired", "The code is too old, replaced or cancelled. Ask for a new one.");

    public static readonly ProblemKind UndoOver = new(410, "undo-over",
        "Too late", "The token was of use for a limited time, which is over.");

    public static readonly ProblemKind VersionMismatch = new(412, "version-mismatch",
        "Version mismatch", "The resource has changed since. Read it again and decide anew.");

    public static readonly ProblemKind BodyTooLarge = new(413, "body-too-large",
        "Body too large", "Send a smaller body.");

    public static readonly ProblemKind UnsupportedMediaType = new(415, "unsupported-media-type",
        "Unsupported media type",
        "Send application/json; for PATCH also application/merge-patch+json; for an import "
        + "application/x-ndjson.");

    public static readonly ProblemKind IdempotencyKeyReused = new(422, "idempotency-key-reused",
        "Idempotency key reused", "This key was used for another request. Take a new key.");

    public static readonly ProblemKind MediaUnknown = new(422, "media-unknown",
        "Media unknown", "The avatar is not one of the caller's media.");

    public static readonly ProblemKind AddressLimit = new(422, "address-limit",
        "Too many addresses", "Delete an address first.");

    public static readonly ProblemKind MediaLimit = new(422, "media-limit",
        "Too many media", "The customer has as many media as one may have.");

    public static readonly ProblemKind ContactUnchanged = new(422, "contact-unchanged",
        "Contact unchanged", "The contact is the customer's own already.");

    public static readonly ProblemKind CustomerUnknown = new(422, "customer-unknown",
        "Customer unknown", "There is no such customer.");

    public static readonly ProblemKind AddressUnknown = new(422, "address-unknown",
        "Address unknown", "The address is not one of the customer's.");

    public static readonly ProblemKind ContactMissing = new(422, "contact-missing",
        "Contact missing", "The customer has neither phone nor email: name a contact.");

    public static readonly ProblemKind OrderLimit = new(422, "order-limit",
        "Too many active orders", "The customer has as many active orders as one may have.");

    public static readonly ProblemKind ErasureUnknown = new(404, "erasure-unknown",
        "No erasure", "No erasure was asked for, or it was cancelled.");

    public static readonly ProblemKind ExportLimit = new(429, "export-limit",
        "Too many exports", "Wait as long as Retry-After says, or use the last export.");

    public static readonly ProblemKind OtpWrong = new(422, "otp-wrong",
        "Wrong code", "The code is wrong; attempts_left tells how many tries are left.");

    public static readonly ProblemKind RateLimited = new(429, "rate-limited",
        "Too many requests", "Wait as long as Retry-After says.");

    public static readonly ProblemKind TargetTooLong = new(414, "target-too-long",
        "Request target too long", "Path and query have at most 8,192 characters.");

    public static readonly ProblemKind TooManyHeaders = new(431, "too-many-headers",
        "Too many headers", "Send at most 64 headers, 16 KiB in all.");

    public static readonly ProblemKind OtpCooldown = new(429, "otp-cooldown",
        "Code asked for too soon", "Wait as long as Retry-After says, then ask again.");

    public static readonly ProblemKind OtpSendLimit = new(429, "otp-send-limit",
        "Too many codes", "This contact had its share of codes. Ask again later.");

    public static readonly ProblemKind OtpAttemptsExhausted = new(429, "otp-attempts-exhausted",
        "Too many wrong codes", "Ask for a new code.");

    public static readonly ProblemKind OtpDelayed = new(429, "otp-delayed",
        "Too many wrong codes of late", "Wait as long as Retry-After says, then try again.");

    public static readonly ProblemKind Internal = new(500, "internal",
        "Internal error", "Report trace_id to the operator.");

    public static readonly ProblemKind TryAgain = new(503, "try-again",
        "Try again", "Repeat the request after Retry-After, with the same Idempotency-Key.");

    public static readonly IReadOnlyList<ProblemKind> All =
    [
        MalformedRequest, InvalidHeader, MalformedBody, UnknownMember, ReadOnlyMember,
        AccountBlocked, AccountSuspended, AgeUnknown, Underage, OrderExists, IllegalTransition,
        ContactVersionUnknown, AddressInActiveOrder, CustomerUnknown, AddressUnknown,
        ContactMissing, OrderLimit,
        InvalidMember, TokenMissing, TokenInvalid, RefreshTokenInvalid, RoleForbidden, NotFound,
        MethodNotAllowed, RequestTimeout, ContactTaken, OtpUsed, OtpExpired, VersionMismatch,
        BodyTooLarge, UnsupportedMediaType, IdempotencyKeyReused, MediaUnknown, AddressLimit,
        MediaLimit, OtpWrong, RateLimited, OtpCooldown, OtpSendLimit, OtpAttemptsExhausted,
        OtpDelayed, Internal, TryAgain, ContactReserved, ChangeFrozen, ActiveOrderConflict,
        UndoOver, ContactUnchanged, PurposeRequired, AccountMerging, MergeBlocked, MergeNotDone,
        TargetTooLong, TooManyHeaders,
        ErasureUnknown, ExportLimit,
    ];

    /// <summary>The kind for an answer the framework left empty.</summary>
    public static ProblemKind ForStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => TokenInvalid,
        StatusCodes.Status403Forbidden => RoleForbidden,
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed,
        StatusCodes.Status408RequestTimeout => RequestTimeout,
        StatusCodes.Status413PayloadTooLarge => BodyTooLarge,
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType,
        StatusCodes.Status429TooManyRequests => RateLimited,
        StatusCodes.Status503ServiceUnavailable => TryAgain,
        >= StatusCodes.Status500InternalServerError => Internal,
        _ => MalformedRequest,
    };
}
