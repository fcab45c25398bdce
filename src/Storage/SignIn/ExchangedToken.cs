namespace CustomerGrains.Storage.SignIn;

/// <param name="Token">The next token of the family; told once, never stored.</param>
/// <param name="CustomerId">Its holder.</param>
public sealed record ExchangedToken(string Token, Guid CustomerId)
{
    /// <summary>Never the token.</summary>
    public override string ToString() => $"a token of {CustomerId}";
}
