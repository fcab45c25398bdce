using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.SignIn;

namespace CustomerGrains.Storage.Courier.Senders;

/// <summary>Sends each message by its channel.</summary>
/// <param name="otherwise">For a channel without a sender of its own; null: its messages
/// fail.</param>
public sealed class ChannelSender(
    IMessageSender? phone, IMessageSender? email, IMessageSender? otherwise) : IMessageSender
{
    public Task Send(Guid id, CourierMessage message, CancellationToken cancellation)
    {
        var own = SignInWords.ParseChannel(message.Channel) switch
        {
            ContactChannel.Phone => phone,
            ContactChannel.Email => email,
            _ => null,
        };
        return (own ?? otherwise)?.Send(id, message, cancellation)
            ?? throw new InvalidOperationException("The channel has no sender.");
    }
}
