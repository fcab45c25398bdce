using System.Text.Json.Serialization;

namespace CustomerGrains.Api.Replies;

/// <summary>Serialises what the front end itself answers; the rest is rendered by the
/// grains.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ChallengeView))]
[JsonSerializable(typeof(TokensView))]
[JsonSerializable(typeof(AccessTokenView))]
[JsonSerializable(typeof(MessageList))]
[JsonSerializable(typeof(KeySetView))]
[JsonSerializable(typeof(HealthView))]
internal sealed partial class ApiJson : JsonSerializerContext;
