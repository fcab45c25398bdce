namespace CustomerGrains.Domain.SignIn;

/// <summary>What a code proves. A code sent for one purpose is unknown to the others.</summary>
public enum CodePurpose
{
    SignIn,
    ProfileUpdate,
    AccountLink,
}
