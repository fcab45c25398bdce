using CustomerGrains.Api.Problems;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Documents;

internal static partial class Operations
{
    public static readonly Operation RequestContactChange = new(
        "requestContactChange", "Ask for another phone or email")
    {
        Description = "A code goes to the new contact, a notice to the old one. The answer is the "
            + "same whether or not somebody owns the new contact. Takes the place of a pending "
            + "change of the channel.",
        Body = ContactShapes.Request,
        Answer = (202, typeof(ContactChangeView)),
        IsCommand = true,
        HasVersion = true,
        Refusals =
        [
            ProblemKinds.ContactUnchanged, ProblemKinds.ChangeFrozen,
            ProblemKinds.ActiveOrderConflict, ProblemKinds.OtpAttemptsExhausted,
            ProblemKinds.OtpCooldown, ProblemKinds.OtpSendLimit,
        ],
    };

    public static readonly Operation ResendContactChange = new(
        "resendContactChange", "Send another code for a pending change")
    {
        Description = "The former code is void. Failures are not forgotten.",
        Body = ContactShapes.Resend,
        Answer = (202, typeof(ContactChangeView)),
        IsCommand = true,
        HasVersion = true,
        Refusals =
        [
            ProblemKinds.NotFound, ProblemKinds.OtpUsed, ProblemKinds.OtpExpired,
            ProblemKinds.OtpAttemptsExhausted, ProblemKinds.OtpCooldown, ProblemKinds.OtpSendLimit,
        ],
    };

    public static readonly Operation VerifyContactChange = new(
        "verifyContactChange", "Prove the new contact")
    {
        Description = "The new contact takes effect. The old one is told and can undo it for 72 "
            + "hours. A guest becomes a customer.",
        Body = ContactShapes.Proof,
        Answer = (200, typeof(ProfileView)),
        IsCommand = true,
        HasVersion = true,
        Refusals =
        [
            ProblemKinds.NotFound, ProblemKinds.OtpUsed, ProblemKinds.OtpExpired,
            ProblemKinds.OtpWrong, ProblemKinds.OtpAttemptsExhausted, ProblemKinds.ContactTaken,
            ProblemKinds.ContactReserved,
        ],
    };

    public static readonly Operation CancelContactChange = new(
        "cancelContactChange", "Give a pending change up")
    {
        Answer = (204, null),
        IsCommand = true,
        HasVersion = true,
        Refusals = [ProblemKinds.NotFound, ProblemKinds.OtpUsed, ProblemKinds.OtpExpired],
    };

    public static readonly Operation UndoContactChange = new(
        "undoContactChange", "Cancel or undo a change with a token sent to the old contact")
    {
        Description = "An undo brings the old contact back and revokes all tokens. Repeating it "
            + "answers the same and changes nothing more.",
        Body = ContactShapes.Undo,
        Answer = (200, typeof(ContactUndoView)),
        Refusals = [ProblemKinds.UndoOver],
    };
}
