using CustomerGrains.Bench.Shared;

namespace CustomerGrains.Bench.Dapper;

/// <summary>The parameters of <c>edit_profile.sql</c>.</summary>
internal sealed class ProfileEdit(Guid id, ProfilePatch patch, long? wanted)
{
    public Guid Id => id;
    public long? Wanted => wanted;
    public DateTime Now { get; } = DateTime.UtcNow;
    public bool HasName => patch.Name.IsPresent;
    public string? Name => patch.Name.Value;
    public bool HasGender => patch.Gender.IsPresent;
    public string? Gender => patch.Gender.Value;
    public bool HasBirth => patch.DateOfBirth.IsPresent;
    public DateOnly? Birth => patch.DateOfBirth.Value;
    public bool HasLanguage => patch.PreferredLanguage.IsPresent;
    public string? Language => patch.PreferredLanguage.Value ?? "en";
    public bool HasPreferences => patch.NotificationPreferences.IsPresent;
    public string? Preferences => patch.NotificationPreferences.Value;
    public string DefaultPreferences { get; } = Shared.Preferences.Default;
}

/// <summary>The row that it answers, if there is such a customer.</summary>
internal sealed record EditedRow : CustomerRecord
{
    /// <summary>False when the request named another version; then nothing was written.</summary>
    public bool IsWanted { get; init; }
}

internal static class EditAnswers
{
    public static IResult Answer(this EditedRow? row, HttpContext http) => row switch
    {
        null => Results.NotFound(),
        { IsWanted: false } =>
            Results.Problem(statusCode: StatusCodes.Status412PreconditionFailed),
        _ => Answers.Profile(http, row),
    };
}
