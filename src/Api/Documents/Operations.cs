using CustomerGrains.Api.Problems;
using CustomerGrains.Api.Replies;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Documents;

/// <summary>Every operation, as clients read about it.</summary>
internal static partial class Operations
{
    private static readonly QueryParameter Confirm = new(Confirmation.Name, QueryType.Flag,
        "Change the address although an active order goes there.");

    public static readonly Operation StartSignIn = new("startSignIn", "Send a sign-in code")
    {
        Description = "The answer is the same whether or not the contact is known.",
        Body = SignInShapes.Start,
        Answer = (202, typeof(ChallengeView)),
        Refusals = [ProblemKinds.OtpCooldown, ProblemKinds.OtpSendLimit],
    };

    public static readonly Operation CompleteSignIn = new("completeSignIn", "Sign in, or up")
    {
        Description = "Signs up when the contact is new.",
        Body = SignInShapes.Proof,
        Answer = (200, typeof(TokensView)),
        Refusals =
        [
            ProblemKinds.NotFound, ProblemKinds.OtpUsed, ProblemKinds.OtpExpired,
            ProblemKinds.OtpWrong, ProblemKinds.OtpAttemptsExhausted, ProblemKinds.OtpDelayed,
            ProblemKinds.ContactReserved, ProblemKinds.AccountBlocked,
            ProblemKinds.AccountSuspended,
        ],
    };

    public static readonly Operation Refresh = new("refresh", "Exchange a refresh token")
    {
        Description = "A refresh token serves once; showing it again revokes its family.",
        Body = SignInShapes.RefreshToken,
        Answer = (200, typeof(TokensView)),
        Refusals =
        [
            ProblemKinds.RefreshTokenInvalid, ProblemKinds.AccountBlocked,
            ProblemKinds.AccountSuspended,
        ],
    };

    public static readonly Operation SignOut = new("signOut", "Revoke a refresh token")
    {
        Body = SignInShapes.RefreshToken,
        Answer = (204, null),
    };

    public static readonly Operation CreateGuest = new("createGuest", "Start as a guest")
    {
        Body = SignInShapes.Nothing,
        Answer = (201, typeof(TokensView)),
    };

    public static readonly Operation GetKeySet = new("getKeySet", "Public token signing keys")
    {
        Answer = (200, typeof(KeySetView)),
    };

    public static readonly Operation GetProfile = new("getProfile", "Read the own profile")
    {
        Answer = (200, typeof(ProfileView)),
        HasVersion = true,
    };

    public static readonly Operation EditProfile = new("editProfile", "Edit the own profile")
    {
        Description = "JSON Merge Patch (RFC 7396): absent is unchanged, null clears.",
        Body = ProfileShapes.Edit,
        Answer = (200, typeof(ProfileView)),
        IsCommand = true,
        HasVersion = true,
        Refusals = [ProblemKinds.MediaUnknown],
    };

    public static readonly Operation AddMedia = new("addMedia", "Register an avatar")
    {
        Body = ProfileShapes.Media,
        Answer = (201, typeof(MediaView)),
        IsCommand = true,
        HasVersion = true,
        Refusals = [ProblemKinds.MediaLimit],
    };

    public static readonly Operation ListAddresses = new("listAddresses", "List own addresses")
    {
        Answer = (200, typeof(AddressList)),
        HasVersion = true,
        Query =
        [
            new("limit", QueryType.Integer, "Items at most."),
            new("cursor", QueryType.Text, "next_cursor of the page before."),
        ],
        Refusals = [ProblemKinds.InvalidMember],
    };

    public static readonly Operation AddAddress = new("addAddress", "Add an address")
    {
        Description = "The first address becomes the default.",
        Body = AddressShapes.Draft,
        Answer = (201, typeof(AddressView)),
        IsCommand = true,
        HasVersion = true,
        Refusals = [ProblemKinds.AddressLimit],
    };

    public static readonly Operation EditAddress = new("editAddress", "Edit an address")
    {
        Description = "JSON Merge Patch (RFC 7396): absent is unchanged, null clears.",
        Body = AddressShapes.Edit,
        Answer = (200, typeof(AddressView)),
        IsCommand = true,
        HasVersion = true,
        Query = [Confirm],
        Refusals = [ProblemKinds.NotFound, ProblemKinds.AddressInActiveOrder],
    };

    public static readonly Operation RemoveAddress = new("removeAddress", "Delete an address")
    {
        Description = "Deleting the default promotes the most recently used, else the newest.",
        Answer = (204, null),
        IsCommand = true,
        HasVersion = true,
        Query = [Confirm],
        Refusals =
        [
            ProblemKinds.NotFound, ProblemKinds.InvalidMember, ProblemKinds.AddressInActiveOrder,
        ],
    };

    public static readonly Operation MakeDefaultAddress = new(
        "makeDefaultAddress", "Make an address the default")
    {
        Description = "Answers all living addresses, never paged.",
        Body = AddressShapes.MakeDefault,
        Answer = (200, typeof(AddressList)),
        IsCommand = true,
        HasVersion = true,
        Refusals = [ProblemKinds.NotFound],
    };

    public static readonly Operation IsLive = new("isLive", "Is this process alive")
    {
        Answer = (200, typeof(HealthView)),
    };

    public static readonly Operation IsReady = new("isReady", "Can requests be served")
    {
        Answer = (200, typeof(HealthView)),
    };

    public static readonly Operation IssueToken = new("issueToken", "A token for anybody")
    {
        Description = "In the environment Development only.",
        Body = DevelopmentShapes.Token,
        Answer = (200, typeof(AccessTokenView)),
    };

    public static readonly Operation GetMessages = new("getMessages", "What was sent to a contact")
    {
        Description = "In the environment Development only. Newest first.",
        Answer = (200, typeof(MessageList)),
        Query = [new("to", QueryType.Text, "Phone number or email address.", Required: true)],
        Refusals = [ProblemKinds.InvalidMember],
    };
}
