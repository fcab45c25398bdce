namespace CustomerGrains.Storage.Courier;

/// <summary>The other side will never take this message: it is given up at once.</summary>
/// <param name="status">Its reply code, of SMTP or HTTP. Its words are left out: they may repeat
/// the contact.</param>
public sealed class MessageRefusedException(int status)
    : Exception($"The message was refused for good ({status}).")
{
    public int Status { get; } = status;
}
