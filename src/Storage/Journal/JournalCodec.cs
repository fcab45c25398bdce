using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;

namespace CustomerGrains.Storage.Journal;

/// <summary>A command's events as two JSON arrays of the same length: what anybody may know, and
/// the personal members, which are sealed before they are stored. Secret members are left out.
/// </summary>
/// <remarks>Stored format: event kinds and members are never renamed.</remarks>
public static class JournalCodec
{
    private const string Kind = "kind";

    private static readonly JsonSerializerOptions Clear = Options(p => !IsPersonal(p) && !IsSecret(p));
    private static readonly JsonSerializerOptions Personal = Options(IsPersonal);
    private static readonly JsonSerializerOptions Owners =
        Options(p => !IsSecret(p) && !Has<InternalAttribute>(p));

    private static readonly JsonSerializerOptions Whole = Options(_ => true);

    public static string WriteClear(ImmutableArray<CustomerEvent> events) =>
        JsonSerializer.Serialize(events, Clear);

    /// <summary>Null when no event has a personal member.</summary>
    public static byte[]? WritePersonal(ImmutableArray<CustomerEvent> events)
    {
        if (!events.Any(e => JournalKinds.IsPersonal(e.GetType()))) return null;
        return JsonBuffer.Write(events, static (writer, all) =>
        {
            writer.WriteStartArray();
            foreach (var happened in all)
                JsonSerializer.Serialize(writer, happened, happened.GetType(), Personal);
            writer.WriteEndArray();
        });
    }

    /// <param name="clear">As written by <see cref="WriteClear"/>.</param>
    /// <param name="personal">As written by <see cref="WritePersonal"/>.</param>
    /// <exception cref="JsonException">Not a journal row's content.</exception>
    public static ImmutableArray<CustomerEvent> Read(string clear, byte[]? personal)
    {
        var events = ArrayOf(JsonNode.Parse(clear));
        if (personal is not null)
        {
            var secrets = ArrayOf(JsonNode.Parse(personal));
            if (secrets.Count != events.Count) throw new JsonException("Two lengths.");
            for (var i = 0; i < events.Count; i++)
                foreach (var (name, value) in secrets[i]!.AsObject())
                    events[i]![name] = value?.DeepClone();
        }

        return events.Deserialize<ImmutableArray<CustomerEvent>>(Whole);
    }

    /// <exception cref="JsonException">Not an array of objects.</exception>
    private static JsonArray ArrayOf(JsonNode? node) =>
        node is JsonArray array && array.All(one => one is JsonObject)
            ? array
            : throw new JsonException("Not an array of objects.");

    /// <summary>Like <see cref="Read"/>; null for what is not a journal row's content.</summary>
    public static ImmutableArray<CustomerEvent>? TryRead(string clear, byte[]? personal)
    {
        try
        {
            return Read(clear, personal);
        }
        catch (Exception e) when (e
            is JsonException or InvalidOperationException or NotSupportedException
            or ArgumentException or FormatException)
        {
            return null;
        }
    }

    /// <summary>What the customer may have of the own events: clear and personal members in one,
    /// without those marked <see cref="InternalAttribute"/>.</summary>
    public static void WriteForOwner(Utf8JsonWriter writer, ImmutableArray<CustomerEvent> events) =>
        JsonSerializer.Serialize(writer, events, Owners);

    private static bool IsPersonal(JsonPropertyInfo property) => Has<PersonalAttribute>(property);

    private static bool IsSecret(JsonPropertyInfo property) => Has<SecretAttribute>(property);

    private static bool Has<T>(JsonPropertyInfo property) where T : Attribute =>
        property.AttributeProvider?.IsDefined(typeof(T), inherit: false) == true;

    private static JsonSerializerOptions Options(Predicate<JsonPropertyInfo> keeps) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
            new PreferencesConverter(),
            new CategoriesConverter(),
            new RiskCountsConverter(),
        },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver
        {
            Modifiers = { info => Shape(info, keeps) },
        },
    };

    private static void Shape(JsonTypeInfo info, Predicate<JsonPropertyInfo> keeps)
    {
        if (info.Type == typeof(CustomerEvent)) info.PolymorphismOptions = Kinds();
        if (!typeof(CustomerEvent).IsAssignableFrom(info.Type)) return;
        for (var i = info.Properties.Count - 1; i >= 0; i--)
            if (!keeps(info.Properties[i])) info.Properties.RemoveAt(i);
    }

    private static JsonPolymorphismOptions Kinds()
    {
        var options = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = Kind };
        foreach (var (type, kind) in JournalKinds.ByType)
            options.DerivedTypes.Add(new JsonDerivedType(type, kind));
        return options;
    }

    private sealed class CategoriesConverter : JsonConverter<CategoryNames>
    {
        public override CategoryNames Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            CategoryNames.From(JsonSerializer.Deserialize<string[]>(ref reader)!);

        public override void Write(
            Utf8JsonWriter writer, CategoryNames value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var name in value.Items) writer.WriteStringValue(name);
            writer.WriteEndArray();
        }
    }

    private sealed class PreferencesConverter : JsonConverter<NotificationPreferences>
    {
        public override NotificationPreferences Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            NotificationPreferences.From(
                JsonSerializer.Deserialize<Dictionary<string, bool>>(ref reader)!);

        public override void Write(
            Utf8JsonWriter writer, NotificationPreferences value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (key, wanted) in value.Members) writer.WriteBoolean(key, wanted);
            writer.WriteEndObject();
        }
    }
}
