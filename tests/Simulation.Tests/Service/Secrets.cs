using System.Runtime.InteropServices;
using CustomerGrains.Domain;

namespace CustomerGrains.Simulation.Tests.Service;

/// <summary>Hashes of codes and tokens; here a hash is what it hashes.</summary>
internal static class Secrets
{
    public const int Codes = 1_000_000;

    public static SecretHash OfCode(Guid changeId, int code) => Of(changeId, code);

    public static SecretHash NewToken(Guid random) => Of(random, -1);

    private static SecretHash Of(Guid id, int number)
    {
        var bytes = new byte[32];
        id.TryWriteBytes(bytes);
        BitConverter.TryWriteBytes(bytes.AsSpan(16), number);
        return new SecretHash(ImmutableCollectionsMarshal.AsImmutableArray(bytes));
    }
}
