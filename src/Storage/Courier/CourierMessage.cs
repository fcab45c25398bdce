using System.Text.Json;
using System.Text.Json.Serialization;
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
    private static readonly SealedColumn Column = new("courier_messages.payload");

    public static CourierMessage WithCode(Contact to, CodePurpose purpose, string code) => new(
        to.Value,
        to.Channel.Name(),
        purpose.Name(),
        code,
        $"Your code is {code}. It is valid for {SignInLimits.CodeLifetime.TotalMinutes:0} minutes. "
            + "Do not give it to anybody.",
        null);

    /// <summary>Never the content.</summary>
    public override string ToString() => $"a {Purpose} message by {Channel}";

    internal static CourierMessage Open(KeyRing keys, Guid id, byte[] payload) =>
        JsonSerializer.Deserialize<CourierMessage>(keys.OpenForService(Column, id, payload))!;

    /// <summary>For <c>Courier/insert-message.sql</c>.</summary>
    internal byte[] Seal(KeyRing keys, Guid id) =>
        keys.SealForService(Column, id, JsonSerializer.Serialize(this));
}
