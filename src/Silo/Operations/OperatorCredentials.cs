using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerGrains.Storage.Keys;

namespace CustomerGrains.Silo.Operations;

/// <summary>Name and password of the operator, from <c>operator.json</c> in the keys folder, which
/// is made with a random password where it is missing.</summary>
internal sealed class OperatorCredentials
{
    private const string FileName = "operator.json";

    /// <summary>144 bits, 24 characters: nothing to guess, still short enough to copy.</summary>
    private const int PasswordBytes = 18;

    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("password")]
    public required string Password { get; init; }

    public static OperatorCredentials ReadOrCreate(string keysPath)
    {
        var content = KeyFile.ReadOrCreate(Path.Combine(keysPath, FileName), Create);
        var credentials = JsonSerializer.Deserialize<OperatorCredentials>(content);
        return credentials is { Name.Length: > 0, Password.Length: > 0 }
            ? credentials
            : throw new InvalidDataException($"{FileName} needs a name and a password.");
    }

    private static byte[] Create() => JsonSerializer.SerializeToUtf8Bytes(new OperatorCredentials
    {
        Name = "operator",
        Password = Convert.ToBase64String(RandomNumberGenerator.GetBytes(PasswordBytes)),
    });
}
