using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerGrains.Bench.Shared;

namespace CustomerGrains.Bench.EfCore;

/// <summary>What a history row says.</summary>
internal static class Changes
{
    public static string Between(CustomerRecord before, CustomerRecord after)
    {
        var changes = new List<Change>(1);
        Note("name", before.Name, after.Name);
        Note("gender", before.Gender, after.Gender);
        Note("date_of_birth", Text(before.DateOfBirth), Text(after.DateOfBirth));
        Note("preferred_language", before.PreferredLanguage, after.PreferredLanguage);
        Note("notification_preferences",
            before.NotificationPreferences, after.NotificationPreferences);
        return JsonSerializer.Serialize(changes, ChangeJson.Default.ListChange);

        void Note(string field, string? old, string? now)
        {
            if (old != now) changes.Add(new Change(field, old, now));
        }
    }

    public static string OfDefault(Guid? before, Guid after) => JsonSerializer.Serialize(
        [new Change("default_address_id", before?.ToString(), after.ToString())],
        ChangeJson.Default.ListChange);

    private static string? Text(DateOnly? date) =>
        date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(List<Change>))]
internal sealed partial class ChangeJson : JsonSerializerContext;
