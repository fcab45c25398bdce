namespace CustomerGrains.Domain;

/// <summary>Why a command was not carried out. Numbers are stored and sent: add, never renumber.
/// They rise in order of precedence: when several apply, the lowest is the answer.</summary>
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
}
