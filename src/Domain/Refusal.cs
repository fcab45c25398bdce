namespace CustomerGrains.Domain;

/// <summary>Why a command was not carried out. Numbers are stored and sent: add, never renumber.
/// Within a range they rise in order of precedence: when several apply, the lowest is the answer.
/// The range 400 comes before 300: what makes no sense is said whatever the waiting time.</summary>
public enum Refusal : short
{
    /// <summary>A value is outside its rules. The caller corrects the named members.</summary>
    InvalidMember = 100,

    /// <summary>No such living customer. The caller signs in again.</summary>
    CustomerUnknown = 110,

    /// <summary>The token is older than the customer's last revocation. The caller signs in
    /// again.</summary>
    TokenRevoked = 120,

    /// <summary>The key was used for another request. The caller takes a new key.</summary>
    IdempotencyKeyReused = 130,

    /// <summary>Not one of the customer's living addresses.</summary>
    AddressUnknown = 200,

    /// <summary>The caller has seen an older version. The caller reads again.</summary>
    VersionMismatch = 210,

    /// <summary>Not one of the customer's media. The caller registers it first.</summary>
    MediaUnknown = 220,

    /// <summary>As many addresses as one may have. The caller removes one.</summary>
    AddressLimit = 230,

    /// <summary>As many media as one may have.</summary>
    MediaLimit = 240,

    /// <summary>Another living customer owns the contact. Decided by the database.</summary>
    ContactTaken = 250,

    /// <summary>The customer lives already.</summary>
    CustomerExists = 260,

    /// <summary>The last code of the series is too fresh. The caller waits.</summary>
    OtpCooldown = 300,

    /// <summary>The destination had its share of codes. The caller waits.</summary>
    OtpSendLimit = 310,

    /// <summary>Not one of the customer's changes. Counts nothing.</summary>
    OtpUnknown = 320,

    /// <summary>The change was completed with its code.</summary>
    OtpUsed = 330,

    /// <summary>The change was replaced or cancelled, or its code is too old. The caller asks
    /// anew.</summary>
    OtpExpired = 340,

    /// <summary>No tries are left with this code. The caller asks for another.</summary>
    OtpAttemptsExhausted = 350,

    /// <summary>A wrong code. Counted before it is told.</summary>
    OtpWrong = 370,

    /// <summary>The wanted contact is the present one.</summary>
    ContactUnchanged = 400,

    /// <summary>The last change of the channel can still be undone. The caller waits.</summary>
    ChangeFrozen = 410,

    /// <summary>Orders are under way. The caller confirms.</summary>
    ActiveOrderConflict = 420,

    /// <summary>As many wrong codes in 24 hours as one channel may have. The caller waits.
    /// </summary>
    FailureBudgetSpent = 430,

    /// <summary>The contact is kept for its last owner, who may still undo. Decided by the
    /// database.</summary>
    ContactReserved = 440,

    /// <summary>A cancel or undo token that no longer does anything.</summary>
    UndoOver = 450,

    /// <summary>The order names a customer who does not live. The order system corrects
    /// it.</summary>
    OrderCustomerUnknown = 500,

    /// <summary>There is no such order, or none that the caller may know of.</summary>
    OrderUnknown = 505,

    /// <summary>The customer is blocked: from ordering, or from everything.</summary>
    AccountBlocked = 510,

    /// <summary>The customer is suspended: from ordering, or from everything.</summary>
    AccountSuspended = 515,

    /// <summary>The id belongs to another order. The order system takes a new id.</summary>
    OrderExists = 520,

    /// <summary>Not one of the living addresses of the customer who orders.</summary>
    OrderAddressUnknown = 525,

    /// <summary>A customer without phone and email orders without naming whom to call.</summary>
    ContactMissing = 530,

    /// <summary>The goods have a minimum age and the date of birth is not known. The customer
    /// states it.</summary>
    AgeUnknown = 535,

    /// <summary>The customer is too young for the goods.</summary>
    Underage = 540,

    /// <summary>As many active orders as one may have. One has to end first.</summary>
    OrderLimit = 545,

    /// <summary>The order cannot take that status from the one it has.</summary>
    IllegalTransition = 550,

    /// <summary>A contact version that does not exist yet. The rider's app reads again.</summary>
    ContactVersionUnknown = 555,

    /// <summary>An active order goes to the address. The caller confirms.</summary>
    AddressInActiveOrder = 560,

    /// <summary>Staff name a customer who does not live. The caller corrects the id.</summary>
    CustomerNotFound = 650,

    /// <summary>The customer is about to become part of another, or takes its contacts over just
    /// now. The caller tries again in a moment.</summary>
    AccountMerging = 740,

    /// <summary>No such merge or link of this customer.</summary>
    MergeUnknown = 745,

    /// <summary>Something stands in the way of the merge or its undo.</summary>
    MergeBlocked = 750,

    /// <summary>The merge is not complete, so there is nothing to undo.</summary>
    MergeNotDone = 755,

    /// <summary>The other side of the merge is not where this step needs it. Never reaches a
    /// client.</summary>
    MergeOutOfStep = 760,

    /// <summary>No erasure was asked for, or it was cancelled.</summary>
    ErasureUnknown = 770,

    /// <summary>Not one of the customer's exports, or long gone.</summary>
    ExportUnknown = 775,

    /// <summary>As many exports in 24 hours as one customer may have. The caller waits.</summary>
    ExportLimit = 780,
}
