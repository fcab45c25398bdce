using System.Collections.Immutable;

namespace CustomerGrains.Domain.Customers;

/// <summary>Everything a customer can be asked to do.</summary>
public abstract record CustomerCommand
{
    private CustomerCommand()
    {
    }

    /// <summary>The version the caller has seen; null when the caller does not mind.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>The policies as of now.</summary>
    public CustomerRules Rules { get; init; } = CustomerRules.AsDelivered;

    /// <summary>Come into being with a proved contact.</summary>
    public sealed record SignUp(ContactChannel Channel, string Contact) : CustomerCommand;

    /// <summary>Come into being with no contact.</summary>
    public sealed record CreateGuest : CustomerCommand;

    /// <summary>Come into being from another system's record.</summary>
    public sealed record Import(
        string? Name,
        string? Phone,
        string? Email,
        DateOnly? DateOfBirth,
        ImmutableArray<NewAddress> Addresses) : CustomerCommand;

    /// <summary>Come back by proving a contact.</summary>
    public sealed record SignIn(ContactChannel Channel, string Contact) : CustomerCommand;

    public sealed record EditProfile : CustomerCommand
    {
        public Edit<string?> Name { get; init; }
        public Edit<Gender?> Gender { get; init; }
        public Edit<DateOnly?> DateOfBirth { get; init; }
        public Edit<string> PreferredLanguage { get; init; }
        public Edit<Guid?> AvatarMediaId { get; init; }

        /// <summary>Null: back to the defaults.</summary>
        public Edit<ImmutableArray<KeyValuePair<string, bool?>>?> Preferences { get; init; }
    }

    public sealed record AddAddress(NewAddress Address, bool AsDefault) : CustomerCommand;

    public sealed record EditAddress(Guid AddressId, AddressEdit Edit) : CustomerCommand
    {
        /// <summary>Although an active order goes there.</summary>
        public bool ConfirmsActiveOrder { get; init; }
    }

    public sealed record RemoveAddress(Guid AddressId) : CustomerCommand
    {
        /// <summary>Although an active order goes there.</summary>
        public bool ConfirmsActiveOrder { get; init; }
    }

    public sealed record SetDefaultAddress(Guid AddressId) : CustomerCommand;

    public sealed record AddMedia(Guid MediaId, string ContentType, long Bytes) : CustomerCommand;

    /// <summary>Ask for another contact. A code goes to the new one, a notice to the old one.
    /// </summary>
    /// <param name="ChangeId">Made by the caller, UUID v7.</param>
    /// <param name="IsConfirmed">Although orders are under way.</param>
    /// <param name="Code">Of the code that will be sent.</param>
    /// <param name="Cancel">Of the token for the old contact.</param>
    public sealed record RequestContactChange(
        Guid ChangeId,
        ContactChannel Channel,
        string NewValue,
        bool IsConfirmed,
        SecretHash Code,
        SecretHash Cancel) : CustomerCommand;

    /// <summary>Send another code for a pending change; the former one is void.</summary>
    /// <param name="Former">What became of the change if it is not pending.</param>
    public sealed record ResendContactChange(Guid ChangeId, SecretHash Code, FormerChange Former)
        : CustomerCommand;

    /// <summary>Show a code.</summary>
    /// <param name="Matches">Whether it is the newest one of the pending change; compared in
    /// constant time by the caller, whatever the answer will be.</param>
    /// <param name="Undo">Of the token for the old contact.</param>
    /// <param name="Former">What became of the change if it is not pending.</param>
    public sealed record VerifyContactChange(
        Guid ChangeId, bool Matches, SecretHash Undo, FormerChange Former) : CustomerCommand;

    /// <param name="Former">What became of the change if it is not pending.</param>
    public sealed record CancelContactChange(Guid ChangeId, FormerChange Former)
        : CustomerCommand;

    /// <summary>The old contact says no: cancels a pending change or undoes a completed one.
    /// </summary>
    public sealed record UndoContactChange(SecretHash Token) : CustomerCommand;

    /// <summary>Keep the customer out, instead of whatever bar there is.</summary>
    public sealed record ImposeBar(Bar Bar) : CustomerCommand;

    /// <summary>Let the customer in again.</summary>
    public sealed record LiftBar(string? Comment, Guid By) : CustomerCommand;

    /// <summary>Record that a suspension is over; by the clock it was before.</summary>
    public sealed record EndSuspension : CustomerCommand;

    /// <summary>Record that an administrator has seen who the customer is, or no longer believes
    /// it.</summary>
    /// <param name="Evidence">Null only when it is withdrawn.</param>
    public sealed record Verify(bool IsVerified, string? Evidence, string? Comment, Guid By)
        : CustomerCommand;

    /// <summary>Bring tier, segment and risk up to today's time and policies.</summary>
    public sealed record Review : CustomerCommand;

    /// <summary>The order system's report that the customer ordered.</summary>
    public sealed record PlaceOrder(Guid OrderId) : CustomerCommand
    {
        public Guid BranchId { get; init; }

        /// <summary>Null for an order that is collected.</summary>
        public Guid? AddressId { get; init; }

        public CategoryNames Categories { get; init; } = CategoryNames.None;
        public decimal Total { get; init; }
        public DateTimeOffset PlacedAt { get; init; }
        public OrderContact? Contact { get; init; }

        /// <summary>Keyed hash of all of the above, hexadecimal.</summary>
        public string Fingerprint { get; init; } = "";

        /// <summary>The policy as of now.</summary>
        public CategoryAges Ages { get; init; } = CategoryAges.Unrestricted;

        /// <summary>The customer's own ended order of that id, if there is one.</summary>
        public ActiveOrder? Ended { get; init; }

        /// <summary>Another customer has an order of that id.</summary>
        public bool IsAnothers { get; init; }
    }

    /// <summary>The order system's report of an order's status.</summary>
    public sealed record ProgressOrder(Guid OrderId, OrderStatus Status) : CustomerCommand
    {
        /// <summary>Assigns or reassigns while the order goes on; null leaves the rider. Without
        /// meaning for a status that ends the order.</summary>
        public Guid? RiderId { get; init; }

        /// <summary>What was paid in the end; null: the total of the placement. Without meaning
        /// before delivery.</summary>
        public decimal? Total { get; init; }

        /// <summary>The order, should it have ended.</summary>
        public ActiveOrder? Ended { get; init; }
    }

    /// <summary>An app tells of its use.</summary>
    /// <param name="Items">1 to <see cref="Limits.ActivityItemsMax"/>.</param>
    public sealed record RecordActivity(ImmutableArray<ActivityItem> Items) : CustomerCommand;

    /// <summary>Be forgotten as a guest who did not come back.</summary>
    /// <param name="IdleSince">Whoever did anything after it is not idle.</param>
    public sealed record ForgetIdleGuest(DateTimeOffset IdleSince) : CustomerCommand;

    /// <summary>Be forgotten, after a time in which the wish can be taken back.</summary>
    public sealed record RequestErasure(TimeSpan Grace) : CustomerCommand;

    /// <summary>Take the wish to be forgotten back.</summary>
    public sealed record CancelErasure : CustomerCommand;

    /// <summary>Carry out an erasure whose time has come, if nothing stands in its way.</summary>
    public sealed record Erase : CustomerCommand;

    /// <summary>Have a copy made of everything that is stored about one.</summary>
    /// <param name="ExportId">Made by the caller, UUID v7.</param>
    /// <param name="Running">The customer's export that is being made, if there is one.</param>
    /// <param name="Recent">When the customer asked for exports in the last
    /// <see cref="Limits.ExportWindow"/>, oldest first.</param>
    public sealed record RequestExport(
        Guid ExportId, Guid? Running, ImmutableArray<DateTimeOffset> Recent) : CustomerCommand;

    /// <summary>A rider has seen the customer's phone of a contact version.</summary>
    public sealed record AcknowledgeContact(Guid OrderId, Guid RiderId, int ContactVersion)
        : CustomerCommand
    {
        /// <summary>The order, should it have ended.</summary>
        public ActiveOrder? Ended { get; init; }
    }

    /// <summary>Stand still until the survivor has everything. Of the redundant.</summary>
    /// <param name="Reason">Of an administrator; null when the customer asked.</param>
    public sealed record FreezeForMerge(Guid MergeId, Guid SurvivorId, string? Reason)
        : CustomerCommand;

    /// <summary>Go on as before: the survivor could not take it. Of the redundant.</summary>
    public sealed record ThawFromMerge(Guid MergeId) : CustomerCommand;

    /// <summary>Take over addresses, orders and sums. Of the survivor.</summary>
    /// <param name="Redundant">Frozen by this merge.</param>
    public sealed record AbsorbCustomer(Guid MergeId, MergeExport Redundant, string? Reason)
        : CustomerCommand;

    /// <summary>Live on in the survivor, who has everything. Of the redundant.</summary>
    public sealed record MergeAway(Guid MergeId) : CustomerCommand;

    /// <summary>Take over the contacts of who was merged away, on channels without one. Of the
    /// survivor.</summary>
    /// <param name="Redundant">Null when its contacts were lost meanwhile.</param>
    public sealed record AdoptContacts(Guid MergeId, MergeExport? Redundant) : CustomerCommand;

    /// <summary>Undo: give back what came and is still there. Of the survivor.</summary>
    public sealed record GiveBack(Guid MergeId, MergeExport Redundant, string? Reason)
        : CustomerCommand;

    /// <summary>Undo: live again, with what was given back. Of the redundant.</summary>
    /// <param name="Addresses">As they are in the database by now.</param>
    public sealed record Revive(
        Guid MergeId, ImmutableArray<Address> Addresses, Guid? DefaultAddressId) : CustomerCommand;

    /// <summary>Count wrong codes that were shown to link an account.</summary>
    /// <param name="Channels">Whose codes were wrong; 1 or 2.</param>
    /// <param name="AttemptsLeft">With these codes.</param>
    public sealed record CountLinkFailure(
        Guid LinkId, ImmutableArray<ContactChannel> Channels, int AttemptsLeft) : CustomerCommand;
}

/// <param name="Id">Made by the caller, UUID v7.</param>
public sealed record NewAddress(Guid Id, AddressDetails Details);
