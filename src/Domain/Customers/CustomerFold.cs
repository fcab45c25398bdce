using System.Collections.Immutable;
using static CustomerGrains.Domain.Customers.CustomerEvent;

namespace CustomerGrains.Domain.Customers;

/// <summary>What each event does to a customer: assignments, no rules.</summary>
public static partial class CustomerFold
{
    /// <summary>The customer after one command: all of its events, one version further.</summary>
    public static Customer After(
        this Customer customer, ImmutableArray<CustomerEvent> events, DateTimeOffset at)
    {
        foreach (var happened in events)
        {
            customer = customer.Apply(happened, at);
            if (RiskSigns.Of(happened) is { } sign) customer = customer.WithSign(sign);
        }

        return customer with { Version = customer.Version + 1, UpdatedAt = at };
    }

    /// <exception cref="InvalidOperationException">An event this version does not know: better to
    /// stop than to go on with half a customer.</exception>
    private static Customer Apply(this Customer c, CustomerEvent happened, DateTimeOffset at) =>
        happened switch
        {
            SignedUp e => c.Born(at).WithProved(e.Channel, e.Contact)
                with { LastLoginAt = at },
            GuestCreated => c.Born(at) with { IsTemporary = true, LastLoginAt = at },
            Imported e => c.Born(at) with
            {
                Name = e.Name,
                Phone = e.Phone,
                Email = e.Email,
                Profile = c.Profile with { DateOfBirth = e.DateOfBirth },
            },
            SignedIn => c with { LastLoginAt = at },
            ContactProved { Channel: ContactChannel.Phone } => c with { PhoneVerified = true },
            ContactProved { Channel: ContactChannel.Email } => c with { EmailVerified = true },
            NameChanged e => c with { Name = e.New },
            GenderChanged e => c with { Profile = c.Profile with { Gender = e.New } },
            DateOfBirthChanged e => c with { Profile = c.Profile with { DateOfBirth = e.New } },
            PreferredLanguageChanged e =>
                c with { Profile = c.Profile with { PreferredLanguage = e.New } },
            AvatarChanged e => c with { Profile = c.Profile with { AvatarMediaId = e.New } },
            NotificationPreferencesChanged e =>
                c with { Profile = c.Profile with { Preferences = e.New } },
            AddressAdded e => c with { Addresses = c.Addresses.Add(New(e, at)) },
            AddressChanged e => c.WithAddress(e.AddressId, a => a with
            {
                Details = e.New,
                UpdatedAt = at,
            }),
            AddressRemoved e => c with
            {
                Addresses = c.Addresses.RemoveAll(a => a.Id == e.AddressId),
            },
            DefaultAddressChanged e => c.WithDefault(e, at),
            MediaAdded e => c with
            {
                Media = c.Media.Add(new MediaAsset(e.MediaId, e.ContentType, e.Bytes, at)),
            },
            ContactChangeRequested or ContactCodeResent or ContactCodeFailed
                or ContactChangeCancelled or ContactChanged or ContactRestored =>
                c.ApplyToContacts(happened, at),
            // Counted from the journal; the customer itself does not change.
            ActivityRecorded => c,
            GuestPromoted => c with { IsTemporary = false },
            Blocked e => c with { Bar = Of(e) },
            Suspended e => c with { Bar = Of(e) },
            Unblocked or SuspensionEnded => c with { Bar = null },
            OrderPlaced e => c.WithPlaced(e, at),
            OrderProgressed e => c.WithMoved(e.OrderId, o => o.Moved(e.New, o.Total, at)),
            OrderDelivered e => c.WithMoved(
                e.OrderId, o => o.Moved(OrderStatus.Delivered, e.Total, at)) with
            {
                Profile = c.Profile with
                {
                    TotalOrders = c.Profile.TotalOrders + 1,
                    TotalSpend = Math.Min(c.Profile.TotalSpend + e.Total, Limits.TotalSpendMax),
                    LastDeliveredAt = at,
                },
            },
            RiderAssigned e => c.WithMoved(e.OrderId, o => o.AssignedTo(e.New, at)),
            ContactAcknowledged e => c.WithMoved(
                e.OrderId, o => o with { PhoneUpdated = false, UpdatedAt = at }),
            ErasureRequested e => c with { Erasure = new(at, e.RunsAt) },
            ErasureCancelled => c with { Erasure = null },
            Erased => c.Anonymous(at),
            // The copy is no part of the customer.
            ExportRequested => c,
            TierChanged e => c with { Profile = c.Profile with { Tier = e.New } },
            MergeFrozen or MergeThawed or MergedAway or MergeRevived or CustomerAbsorbed
                or AddressMovedIn or AddressMovedOut or ContactAdopted or MergeCompleted
                or MergeUndone or ContactGivenBack => c.ApplyMerge(happened, at),
            LinkCodeFailed e => c.WithChanges(e.Channel, x => x.WithFailedGuess(at)),
            RewardGranted e => c with { Standing = c.Standing.With(new Reward(e.Code, at)) },
            RewardCarriedOver e =>
                c with { Standing = c.Standing.With(new Reward(e.Code, e.GrantedAt)) },
            VerificationChanged e => c with { Profile = c.Profile with { IsVerified = e.New } },
            SegmentChanged e => c with { Profile = c.Profile with { Segment = e.New } },
            UnderageOrderRefused => c with
            {
                Standing = c.Standing with
                {
                    UnderageOrderOn = DateOnly.FromDateTime(at.UtcDateTime),
                },
            },
            RiskScored e => c with { Standing = c.Standing with { RiskScore = e.New } },
            _ => throw new InvalidOperationException($"Unknown event {happened.GetType().Name}."),
        };

    private static Customer WithSign(this Customer c, RiskSign sign) =>
        c with { Standing = c.Standing with { Risks = c.Standing.Risks.Plus(sign) } };

    private static Customer Born(this Customer c, DateTimeOffset at) =>
        c with { CreatedAt = at };

    private static Bar Of(Blocked e) => new()
    {
        Kind = BarKind.Blocked,
        Scope = e.Scope,
        ReasonCode = e.ReasonCode,
        Comment = e.Comment,
        PublicReason = e.PublicReason,
        By = e.By,
    };

    private static Bar Of(Suspended e) => new()
    {
        Kind = BarKind.Suspended,
        Scope = e.Scope,
        ReasonCode = e.ReasonCode,
        Comment = e.Comment,
        PublicReason = e.PublicReason,
        Until = e.Until,
        By = e.By,
    };

    private static Customer WithProved(this Customer c, ContactChannel channel, string contact) =>
        channel switch
        {
            ContactChannel.Phone => c with { Phone = contact, PhoneVerified = true },
            ContactChannel.Email => c with { Email = contact, EmailVerified = true },
            _ => throw new InvalidOperationException($"Unknown channel {channel}."),
        };

    private static Address New(AddressAdded e, DateTimeOffset at) => new()
    {
        Id = e.AddressId,
        Details = e.Details,
        CreatedAt = at,
        UpdatedAt = at,
    };

    private static Customer WithDefault(
        this Customer c, DefaultAddressChanged e, DateTimeOffset at)
    {
        var moved = c with { DefaultAddressId = e.New };
        return e is { Chosen: true, New: { } id }
            ? moved.WithAddress(id, a => a with { LastUsedAt = at })
            : moved;
    }

    private static Customer WithPlaced(this Customer c, OrderPlaced e, DateTimeOffset at)
    {
        var placed = c with { ActiveOrders = c.ActiveOrders.Add(New(e, at)) };
        return e.AddressId is { } address
            ? placed.WithAddress(address, a => a with { LastUsedAt = at })
            : placed;
    }

    private static ActiveOrder New(OrderPlaced e, DateTimeOffset at) => new()
    {
        Id = e.OrderId,
        BranchId = e.BranchId,
        Status = OrderStatus.Placed,
        AddressId = e.AddressId,
        Categories = e.Categories,
        Total = e.Total,
        Snapshot = e.Snapshot,
        Fingerprint = e.Fingerprint,
        PlacedAt = e.PlacedAt,
        UpdatedAt = at,
    };

    /// <summary>An order that ends by it leaves the active ones.</summary>
    private static Customer WithMoved(
        this Customer c, Guid orderId, Func<ActiveOrder, ActiveOrder> move)
    {
        var order = c.FindOrder(orderId)
            ?? throw new InvalidOperationException("The journal names an order that is not there.");
        var moved = move(order);
        return c with
        {
            ActiveOrders = moved.EndedAt is null
                ? c.ActiveOrders.Replace(order, moved)
                : c.ActiveOrders.Remove(order),
        };
    }

    private static Customer WithAddress(this Customer c, Guid id, Func<Address, Address> change)
    {
        var address = c.FindAddress(id)
            ?? throw new InvalidOperationException("The journal names an address that is not there.");
        return c with { Addresses = c.Addresses.Replace(address, change(address)) };
    }
}
