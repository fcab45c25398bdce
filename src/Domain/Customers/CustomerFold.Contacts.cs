using CustomerGrains.Domain.SignIn;
using static CustomerGrains.Domain.Customers.CustomerEvent;

namespace CustomerGrains.Domain.Customers;

public static partial class CustomerFold
{
    private static Customer ApplyToContacts(
        this Customer c, CustomerEvent happened, DateTimeOffset at) => happened switch
    {
        ContactChangeRequested e => c.WithChanges(e.Channel, x => x with
        {
            Pending = new(e.ChangeId, e.NewValue, e.Code, e.ExpiresAt, 0, e.Cancel, at),
            Series = SendSeries.After(x.Series, at),
        }),
        ContactCodeResent e => c.WithChanges(e.Channel, x => x with
        {
            Pending = x.Pending is { } p
                ? p with { Code = e.Code, ExpiresAt = e.ExpiresAt, Attempts = 0 }
                : null,
            Series = SendSeries.After(x.Series, at),
        }),
        ContactCodeFailed e => c.WithChanges(e.Channel, x => x.WithFailure(at)),
        ContactChangeCancelled e => c.WithChanges(e.Channel, x => x with
        {
            Pending = null,
            Spent = e.ByOldContact ? new(x.Pending?.Cancel, Undid: false) : x.Spent,
        }),
        ContactChanged e => c.WithProved(e.Channel, e.New).Rerouted(e.Channel)
            .WithChanges(e.Channel, x => x with
            {
                Pending = null,
                Series = null,
                Undo = e is { Old: { } old, UndoUntil: { } until }
                    ? new(old, e.Undo, until)
                    : null,
            }),
        // The token reached the old contact: that proves it once more.
        ContactRestored e => c.WithProved(e.Channel, e.New).Rerouted(e.Channel)
            .WithChanges(e.Channel, x => x with
            {
                Undo = null,
                Spent = new(x.Undo?.Token, Undid: true),
            }) with { TokensValidAfter = at },
        _ => throw new InvalidOperationException($"Unknown event {happened.GetType().Name}."),
    };

    /// <summary>Riders under way learn that the phone is another.</summary>
    private static Customer Rerouted(this Customer c, ContactChannel channel) =>
        channel == ContactChannel.Phone && !c.ActiveOrders.IsEmpty
            ? c with
            {
                ActiveOrders =
                [
                    .. c.ActiveOrders.Select(o => o with
                    {
                        ContactVersion = o.ContactVersion + 1,
                        PhoneUpdated = true,
                    }),
                ],
            }
            : c;

    private static Customer WithChanges(
        this Customer c, ContactChannel channel, Func<ContactChanges, ContactChanges> change) =>
        channel == ContactChannel.Phone
            ? c with { PhoneChanges = change(c.PhoneChanges) }
            : c with { EmailChanges = change(c.EmailChanges) };
}
