namespace CustomerGrains.Storage.Courier;

/// <summary>Carries a message to its contact.</summary>
public interface IMessageSender
{
    /// <summary>Returns when the message is delivered or handed on for good; throws when it may
    /// be tried again. May be called twice with one id, when a silo dies in between.</summary>
    /// <exception cref="MessageRefusedException">It is pointless to try again.</exception>
    Task Send(Guid id, CourierMessage message, CancellationToken cancellation);
}
