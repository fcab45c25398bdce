using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CustomerGrains.Silo.Operations;

/// <summary>HTTP Basic (RFC 7617) against one set of credentials.</summary>
internal sealed class OperatorLogin(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    OperatorCredentials credentials)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Basic";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(Authenticate(Request.Headers.Authorization));

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Basic realm=\"dashboard\", charset=\"UTF-8\"";
        return base.HandleChallengeAsync(properties);
    }

    private AuthenticateResult Authenticate(string? header)
    {
        if (!AuthenticationHeaderValue.TryParse(header, out var value)
            || !string.Equals(value.Scheme, SchemeName, StringComparison.OrdinalIgnoreCase)
            || value.Parameter is not { } parameter)
            return AuthenticateResult.NoResult();
        if (!IsOperator(parameter)) return AuthenticateResult.Fail("Wrong name or password.");

        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.Name, credentials.Name)], SchemeName);
        return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), SchemeName));
    }

    /// <summary>Compares hashes, so that neither content nor length shows in the time.</summary>
    private bool IsOperator(string parameter)
    {
        var given = new byte[parameter.Length];
        if (!Convert.TryFromBase64String(parameter, given, out var length)) return false;
        var expected = Encoding.UTF8.GetBytes($"{credentials.Name}:{credentials.Password}");
        return CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(given.AsSpan(0, length)), SHA256.HashData(expected));
    }
}
