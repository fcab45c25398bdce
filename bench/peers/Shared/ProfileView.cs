using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerGrains.Bench.Shared;

/// <summary>The profile as the API shows it, member by member in its order.</summary>
public sealed record ProfileView
{
    // The weights of members that are filled, as in the service.
    private const int NameWeight = 15;
    private const int BirthWeight = 15;
    private const int GenderWeight = 10;
    private const int AddressesWeight = 15; // every sample customer has some

    public Guid Id { get; init; }
    public long Version { get; init; }
    public string? Name { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
    public string? Gender { get; init; }
    public DateOnly? DateOfBirth { get; init; }
    public required string PreferredLanguage { get; init; }
    public Guid? AvatarMediaId { get; init; }
    [JsonConverter(typeof(RawJson))] public required string NotificationPreferences { get; init; }
    public required string AccountStatus { get; init; }
    public bool IsTemporary { get; init; }
    public bool IsVerified { get; init; }
    public bool PhoneVerified { get; init; }
    public bool EmailVerified { get; init; }
    public required string CustomerTier { get; init; }
    public required string CustomerSegment { get; init; }
    public int ProfileCompletionPercentage { get; init; }
    public required List<string> ProfileMissing { get; init; }
    public string[] Rewards { get; init; } = [];
    public int TotalOrdersCount { get; init; }
    public required string TotalSpend { get; init; }
    public required string AverageOrderValue { get; init; }
    public string[] PendingChanges { get; init; } = [];
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; init; }
    public DateTime? LastLoginAt { get; init; }

    public static ProfileView Of(CustomerRecord customer)
    {
        List<string> missing = ["phone", "email", "avatar_media_id"];
        var completion = AddressesWeight;
        Count(customer.Name is not null, "name", NameWeight);
        Count(customer.DateOfBirth is not null, "date_of_birth", BirthWeight);
        Count(customer.Gender is not null, "gender", GenderWeight);
        return new ProfileView
        {
            Id = customer.Id,
            Version = customer.Version,
            Name = customer.Name,
            Phone = customer.Phone,
            Email = customer.Email,
            Gender = customer.Gender,
            DateOfBirth = customer.DateOfBirth,
            PreferredLanguage = customer.PreferredLanguage,
            NotificationPreferences = customer.NotificationPreferences,
            AccountStatus = customer.AccountStatus,
            PhoneVerified = customer.PhoneVerified,
            EmailVerified = customer.EmailVerified,
            CustomerTier = customer.CustomerTier,
            CustomerSegment = customer.CustomerSegment,
            ProfileCompletionPercentage = completion,
            ProfileMissing = missing,
            TotalOrdersCount = customer.TotalOrdersCount,
            TotalSpend = Money(customer.TotalSpend),
            AverageOrderValue = Money(customer.TotalOrdersCount == 0
                ? 0
                : customer.TotalSpend / customer.TotalOrdersCount),
            CreatedAt = customer.CreatedAt,
            UpdatedAt = customer.UpdatedAt,
            LastLoginAt = customer.LastLoginAt,
        };

        void Count(bool isFilled, string member, int weight)
        {
            if (isFilled) completion += weight;
            else missing.Add(member);
        }
    }

    private static string Money(decimal amount) =>
        amount.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>JSON text that goes out as it is.</summary>
    public sealed class RawJson : JsonConverter<string>
    {
        public override string Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(
            Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value, skipInputValidation: true);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ProfileView))]
[JsonSerializable(typeof(AddressList))]
[JsonSerializable(typeof(OrderSnapshot))]
[JsonSerializable(typeof(PollView))]
[JsonSerializable(typeof(ContactView))]
[JsonSerializable(typeof(BranchView))]
[JsonSerializable(typeof(JsonElement))]
public sealed partial class ProfileJson : JsonSerializerContext;
