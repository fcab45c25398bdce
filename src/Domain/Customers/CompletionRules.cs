using System.Collections.Immutable;

namespace CustomerGrains.Domain.Customers;

/// <summary>What a complete profile holds: weights, 100 in all, of members that are filled.
/// </summary>
public sealed class CompletionRules
{
    /// <summary>What the weights of all members add up to.</summary>
    public const int Whole = 100;

    // First: the rules below are made of it.
    private static readonly ImmutableArray<(string Name, Func<Customer, bool> IsFilled)> Known =
    [
        ("phone", c => c.PhoneVerified),
        ("name", c => c.Name is not null),
        ("email", c => c.EmailVerified),
        ("date_of_birth", c => c.Profile.DateOfBirth is not null),
        ("addresses", c => !c.Addresses.IsEmpty),
        ("gender", c => c.Profile.Gender is not null),
        ("avatar_media_id", c => c.Profile.AvatarMediaId is not null),
    ];

    public static readonly CompletionRules AsDelivered = new(1, new Dictionary<string, int>
    {
        // A reachable phone is what a delivery needs most.
        ["phone"] = 20,
        ["name"] = 15,
        ["email"] = 15,
        ["date_of_birth"] = 15,
        ["addresses"] = 15,
        ["gender"] = 10,
        ["avatar_media_id"] = 10,
    });

    private readonly ImmutableArray<(string Name, int Weight, Func<Customer, bool> IsFilled)>
        _members;

    /// <param name="version">Recorded with the reward.</param>
    /// <param name="weights">Of known members; one without weight does not count.</param>
    public CompletionRules(int version, IReadOnlyDictionary<string, int> weights)
    {
        Version = version;
        _members =
        [
            .. Known.Select(m => (m.Name, Weight: weights.GetValueOrDefault(m.Name), m.IsFilled))
                .Where(m => m.Weight > 0)
                .OrderByDescending(m => m.Weight),
        ];
    }

    /// <summary>API names of the members that may have a weight.</summary>
    public static IEnumerable<string> Members => Known.Select(m => m.Name);

    public int Version { get; }

    /// <summary>Those that count, heaviest first.</summary>
    public IEnumerable<(string Member, int Weight)> Weights =>
        _members.Select(m => (m.Name, m.Weight));

    public ProfileCompletion Of(Customer customer)
    {
        var percentage = 0;
        var missing = ImmutableArray.CreateBuilder<string>(_members.Length);
        foreach (var (member, weight, isFilled) in _members)
        {
            if (isFilled(customer)) percentage += weight;
            else missing.Add(member);
        }

        return new ProfileCompletion(percentage, missing.DrainToImmutable());
    }

    /// <summary>How many members are not filled; cheaper than naming them.</summary>
    public int MissingIn(Customer customer)
    {
        var missing = 0;
        foreach (var (_, _, isFilled) in _members)
            if (!isFilled(customer)) missing++;
        return missing;
    }
}

/// <summary>How complete a profile is.</summary>
/// <param name="Percentage">0 to 100.</param>
/// <param name="Missing">API names of what is not filled, heaviest first.</param>
public readonly record struct ProfileCompletion(int Percentage, ImmutableArray<string> Missing);
