using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Domain.SignIn;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Storage.SignIn;

namespace CustomerGrains.Storage.Courier;

/// <summary>Something to tell a contact.</summary>
/// <remarks>Stored, sealed, until it is sent: add members, never rename.</remarks>
/// <param name="Purpose"><c>sign_in</c>, <c>profile_update</c>, <c>account_link</c> or
/// <c>notice</c>.</param>
/// <param name="Code">Null in notices.</param>
/// <param name="Token">Undo or cancel token; null when there is none.</param>
public sealed record CourierMessage(
    [property: JsonPropertyName("to")] string To,
    [property: JsonPropertyName("channel")] string Channel,
    [property: JsonPropertyName("purpose")] string Purpose,
    [property: JsonPropertyName("code")] string? Code,
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("token")] string? Token)
{
    private const string Notice = "notice";

    private static readonly SealedColumn Column = new("courier_messages.payload");

    /// <summary>For an email; null in messages of an earlier version.</summary>
    [JsonPropertyName("subject")]
    public string? Subject { get; init; }

    /// <summary>BCP 47, of the text.</summary>
    [JsonPropertyName("language")]
    public string Language { get; init; } = Profile.DefaultLanguage;

    public static CourierMessage WithCode(
        Contact to, CodePurpose purpose, string code, string language = Profile.DefaultLanguage) =>
        Make(to, purpose.Name(), language, texts => texts.Code, code)
            with { Code = code };

    /// <summary>To the old contact, when another was asked for.</summary>
    /// <param name="link">What the text shows: the token, or a page that sends it.</param>
    public static CourierMessage ChangeRequested(
        Contact to, string language, string token, string link) =>
        Make(to, Notice, language, texts => texts.ChangeRequested, link)
            with { Token = token };

    /// <summary>To the old contact, when it was replaced.</summary>
    /// <param name="link">What the text shows: the token, or a page that sends it.</param>
    public static CourierMessage ChangeCompleted(
        Contact to, string language, string token, string link) =>
        Make(to, Notice, language, texts => texts.ChangeCompleted, link)
            with { Token = token };

    /// <summary>To a contact of somebody who asked to be forgotten.</summary>
    public static CourierMessage ErasureRequested(
        Contact to, string language, DateTimeOffset runsAt) =>
        Make(to, Notice, language, t => t.ErasureRequested,
            runsAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture));

    /// <summary>Never the content.</summary>
    public override string ToString() => $"a {Purpose} message by {Channel}";

    internal static CourierMessage Open(KeyRing keys, Guid id, byte[] payload) =>
        JsonSerializer.Deserialize<CourierMessage>(keys.OpenForService(Column, id, payload))!;

    /// <summary>For <c>Courier/insert-message.sql</c>.</summary>
    internal byte[] Seal(KeyRing keys, Guid id) =>
        keys.SealForService(Column, id, JsonSerializer.Serialize(this));

    /// <param name="language">As the customer wants it; a text in it may not exist.</param>
    private static CourierMessage Make(
        Contact to, string purpose, string language,
        Func<MessageTemplates, MessageTemplate> kind, string secret)
    {
        var texts = MessageTemplates.For(language);
        var template = kind(texts);
        return new(to.Value, to.Channel.Name(), purpose, null, template.Fill(secret), null)
        {
            Subject = template.Subject,
            Language = texts.Language,
        };
    }
}
