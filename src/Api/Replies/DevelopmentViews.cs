using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Replies;

internal sealed record AccessTokenView(string AccessToken);

/// <summary>What the courier delivered to one contact, newest first.</summary>
internal sealed record MessageList(IReadOnlyList<MessageView> Items);

internal sealed record MessageView(
    string To,
    string Channel,
    string Purpose,
    string? Code,
    string Text,
    string? Token,
    DateTime SentAt)
{
    public static MessageView Of(DeliveredMessage message) => new(
        message.To, message.Channel, message.Purpose, message.Code, message.Text, message.Token,
        DateTime.SpecifyKind(message.SentAt, DateTimeKind.Utc));
}
