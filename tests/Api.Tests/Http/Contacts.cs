using System.Globalization;
using System.Security.Cryptography;

namespace CustomerGrains.Api.Tests.Http;

/// <summary>Contacts that nobody else has.</summary>
internal static class Contacts
{
    public static string NewEmail() => $"c-{Guid.NewGuid():N}@example.com";

    /// <summary>An Indian mobile number: +91, 9 and nine digits.</summary>
    public static string NewPhone() => string.Create(
        CultureInfo.InvariantCulture, $"+919{RandomNumberGenerator.GetInt32(1_000_000_000):D9}");
}
