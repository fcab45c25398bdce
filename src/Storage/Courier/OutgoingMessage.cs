namespace CustomerGrains.Storage.Courier;

/// <summary>A message that is handed to the courier in the transaction of a commit.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="ExpiresAt">Pointless to deliver later.</param>
public sealed record OutgoingMessage(Guid Id, CourierMessage Message, DateTimeOffset ExpiresAt);
