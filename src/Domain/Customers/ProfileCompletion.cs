using System.Collections.Immutable;

namespace CustomerGrains.Domain.Customers;

/// <summary>How complete a profile is: declared weights, 100 in all, of members that are
/// filled.</summary>
/// <param name="Percentage">0 to 100.</param>
/// <param name="Missing">API names of what is not filled, heaviest first.</param>
public readonly record struct ProfileCompletion(int Percentage, ImmutableArray<string> Missing)
{
    private static readonly ImmutableArray<(string Member, int Weight, Func<Customer, bool> IsFilled)>
        Weights =
        [
            // A reachable phone is what a delivery needs most.
            ("phone", 20, c => c.PhoneVerified),
            ("name", 15, c => c.Name is not null),
            ("email", 15, c => c.EmailVerified),
            ("date_of_birth", 15, c => c.Profile.DateOfBirth is not null),
            ("addresses", 15, c => !c.Addresses.IsEmpty),
            ("gender", 10, c => c.Profile.Gender is not null),
            ("avatar_media_id", 10, c => c.Profile.AvatarMediaId is not null),
        ];

    public static ProfileCompletion Of(Customer customer)
    {
        var percentage = 0;
        var missing = ImmutableArray.CreateBuilder<string>(Weights.Length);
        foreach (var (member, weight, isFilled) in Weights)
        {
            if (isFilled(customer)) percentage += weight;
            else missing.Add(member);
        }

        return new ProfileCompletion(percentage, missing.DrainToImmutable());
    }
}
