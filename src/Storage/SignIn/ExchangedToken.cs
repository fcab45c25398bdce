namespace CustomerGrains.Storage.SignIn;

/// <param name="Token">The next token of the family; told once, never stored. Null: the holder is
/// barred, and the token that was shown is as good as before.</param>
/// <param name="CustomerId">Its holder.</param>
public sealed record ExchangedToken(string? Token, Guid CustomerId)
{
    /// <summary>Never the token.</summary>
    public override string ToString() => $"a token of {CustomerId}";
}
