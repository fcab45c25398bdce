using Microsoft.IdentityModel.Tokens;

namespace CustomerGrains.Api.Auth;

/// <summary>What is kept of a token: when it ends. The parsed token itself would be four times
/// the size of everything else in the cache.</summary>
internal sealed class ValidatedToken(DateTime validTo) : SecurityToken
{
    public override string Id => "";

    public override string Issuer => "";

    public override SecurityKey? SecurityKey => null;

    public override SecurityKey? SigningKey { get; set; }

    public override DateTime ValidFrom => DateTime.MinValue;

    public override DateTime ValidTo => validTo;
}
